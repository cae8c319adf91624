package org.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibTorchTest {

	@Test
	void namesVersionsAndWhereTheyComeFrom() {
		assertTrue(LibTorch.versions().get("JavaCPP").contains(LibTorch.JAVACPP_WANTED));
		assertTrue(LibTorch.versions().get("libtorch").contains("pytorch"));
	}

	@Test
	void javaCppOfFijiIsRefusedWithTheRemedy() {
		final String message = assertThrows(NativeLoadException.class, () -> LibTorch.requireJavaCpp("1.5.10", "jars/javacpp-1.5.10.jar"))
			.getMessage();
		assertTrue(message.contains("1.5.10") && message.contains("jars/javacpp-1.5.10.jar") && message.contains("replace"), message);
		LibTorch.requireJavaCpp("1.5.13", "any");
	}

	@Test
	void libraryThatKilledTheLastStartIsNotLoadedAgain(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("loading");
		final LibTorch.CrashMarker marker = new LibTorch.CrashMarker(file);
		marker.refuseAfterCrash();
		Files.writeString(file, "4194305"); // above the largest process number of Linux: surely dead
		final String message = assertThrows(NativeLoadException.class, marker::refuseAfterCrash).getMessage();
		assertTrue(message.contains(file.toString()), message);
		Files.writeString(file, Long.toString(ProcessHandle.current().parent().orElseThrow().pid())); // another start that is still under way
		marker.refuseAfterCrash();
		marker.place();
		marker.remove();
		assertFalse(Files.exists(file));
	}

	@Test
	void cudaThatIsNotThereIsAnErrorWithTheReason() {
		LibTorch.start();
		if (torch.cuda_is_available()) return;
		assertTrue(assertThrows(NativeLoadException.class, () -> ComputeDevice.choose("cuda")).getMessage().startsWith("device: cuda was asked for, but "));
		assertEquals("cpu", ComputeDevice.choose("auto").name());
		assertThrows(IllegalArgumentException.class, () -> ComputeDevice.choose("gpu"));
	}

	@Test
	void nativeErrorsBecomeOneLine() {
		final IllegalStateException error = assertThrows(IllegalStateException.class,
			() -> Scopes.keep(() -> Tensors.zeros(3).add(Tensors.zeros(5))));
		assertFalse(error.getMessage().contains("\n"), error.getMessage());
		assertTrue(error.getMessage().contains("size of tensor a (3)"), error.getMessage());
	}

	@Test
	void lengthsAreChecked() {
		assertThrows(IllegalArgumentException.class, () -> Tensors.of(new float[5], 2, 3));
		final float[] values = { 1, 2, 3, 4, 5, 6 };
		final float[] transposed = Scopes.compute(() -> Tensors.toFloats(Tensors.of(values, 2, 3).transpose(0, 1)));
		assertEquals(4, transposed[1], 0);
	}

	@Test
	void loopInScopesKeepsNativeMemoryFlat() {
		final long[] bytes = new long[2];
		Scopes.run(() -> {
			Tensor x = SampleRandom.single(1, 0).normal(256, 256);
			for (int i = 0; i < 300; i++) {
				x = Scopes.update(x, t -> Tensors.scale(t.add(t).mul(t).sub(t), 1e-3));
				if (i == 99) bytes[0] = org.bytedeco.javacpp.Pointer.physicalBytes();
			}
			bytes[1] = org.bytedeco.javacpp.Pointer.physicalBytes();
		});
		// one leaked tensor per step would be 52 MB
		assertTrue(bytes[1] - bytes[0] < 20_000_000, "grew by " + (bytes[1] - bytes[0]) + " bytes");
	}
}
