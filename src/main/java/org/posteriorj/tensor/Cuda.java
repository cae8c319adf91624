package org.posteriorj.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.bytedeco.javacpp.Loader;

/** Whether the CUDA build of libtorch can be loaded at all; looks at files only. */
final class Cuda {

	private static final String[] DRIVERS = { "/usr/lib/x86_64-linux-gnu/libcuda.so.1", "/usr/lib64/libcuda.so.1",
		"/usr/lib/wsl/lib/libcuda.so.1", "/usr/local/nvidia/lib64/libcuda.so.1", "C:\\Windows\\System32\\nvcuda.dll" };

	private Cuda() {}

	/** The NVIDIA driver and the CUDA jar of libtorch are both there. */
	static boolean librariesFound() {
		return driverFound() && gpuJarFound();
	}

	static boolean driverFound() {
		return Stream.of(DRIVERS).anyMatch(file -> Files.exists(Path.of(file)));
	}

	static boolean gpuJarFound() {
		return Loader.class.getResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/") != null;
	}
}
