package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.NiftiWriter;
import org.posteriorj.prior.TestImage;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;

/** Train Prior by command line and by macro, then Inspect Prior on what came out. */
class TrainPriorCommandTest {

	@TempDir
	Path folder;

	private String out, err;

	@BeforeEach
	void volumes() throws IOException {
		final Volume slice = TestImage.of(48, 1);
		final Volume volume = new Volume("head", 48, 48, 1, List.of(slice.slices().get(0), slice.slices().get(0)), new VoxelSize(1, 1, 3), "");
		Files.createDirectories(folder.resolve("volumes/inner"));
		NiftiWriter.write(folder.resolve("volumes/a.nii.gz"), volume);
		NiftiWriter.write(folder.resolve("volumes/held.nii"), volume);
		IJ.saveAsTiff(Windows.image(volume), folder.resolve("volumes/inner/b.tif").toString());
		Files.writeString(folder.resolve("volumes/README.txt"), "not a volume");
		Files.createDirectory(folder.resolve("empty"));
	}

	private int run(final String... args) {
		final ByteArrayOutputStream o = new ByteArrayOutputStream(), e = new ByteArrayOutputStream();
		final int code = new CommandLine(new PrintStream(o, true, StandardCharsets.UTF_8), new PrintStream(e, true, StandardCharsets.UTF_8)).run(args);
		out = o.toString(StandardCharsets.UTF_8);
		err = e.toString(StandardCharsets.UTF_8);
		return code;
	}

	private String[] line(final String options) {
		return Stream.of(options.split(" ")).map(o -> o.replace("IN", folder.toString())).toArray(String[]::new);
	}

	@Test
	void trainsOnAFolderWithoutTheHeldOutVolume() throws IOException {
		assertEquals(0, run(line("train-prior volumes=IN/volumes validation=IN/volumes/held.nii output=IN/my.pt name=mine licence=CC0 network=small steps=3 " +
			"batch=2 crop=32 precision=float32 slices=1 seed=4 threads=1")), err);
		assertTrue(out.contains("volumes: 2\n") && out.contains("steps: 3 of 3\n") && out.contains("precision: float32\n"), out);
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of("empty", "my.html", "my.pt", "volumes"), files.map(f -> f.getFileName().toString()).sorted().toList());
		}
		assertEquals(0, run(line("inspect-prior prior=IN/my.pt output=IN/files")), err);
		assertTrue(out.contains("name: mine 1\n") && out.contains("licence: CC0\n") && out.contains("(as stated)"), out);
		assertTrue(out.contains("training data: a.nii.gz, 48 x 48 x 2; inner/b.tif, 48 x 48 x 2; held out for validation: held.nii\n"), out);
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|', value = { //
		"2 | volumes=IN/none validation=IN/volumes/held.nii output=IN/x.pt | volumes: there is no file or folder", //
		"2 | volumes=IN/volumes validation=IN/none output=IN/x.pt | validation: there is no file or folder", //
		"2 | volumes=IN/volumes output=IN/x.pt | validation=... is missing", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii | output=... is missing", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x | ending in .pt", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/none/x.pt | not a folder that can be written", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt steps=0 minutes=0 | steps or minutes above 0", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt crop=16 | crop: expected 32 to 1024", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt channels=3 | channels: expected 1 to 2", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt scaling=hounsfield | set channels=1", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt network=huge | network: expected one of", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt precision=half | precision: expected one of", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt name=a/b | name: expected 1 to 60 letters", //
		"2 | volumes=IN/volumes validation=IN/volumes/held.nii output=IN/x.pt rate=0 | rate: expected", //
		"1 | validation=IN/volumes/held.nii output=IN/x.pt | volumes: expected a folder of volumes, or an open stack", //
		"1 | volumes=IN/empty validation=IN/volumes/held.nii output=IN/x.pt | no NIfTI, TIFF, NumPy or DICOM volume", //
		"1 | volumes=IN/volumes validation=IN/volumes output=IN/x.pt | volumes: no NIfTI", //
	})
	void aMistakeIsOneClearLine(final int code, final String options, final String message) {
		final String[] args = Stream.concat(Stream.of("train-prior"), Arrays.stream(line(options))).toArray(String[]::new);
		assertEquals(code, run(args), err);
		assertTrue(err.contains(message) && err.lines().count() == 1, err);
		assertFalse(Files.exists(folder.resolve("x.training")));
	}

	@Test
	void theOpenStackTrainsInAMacro() {
		final ImagePlus stack = IJ.openImage(folder.resolve("volumes/inner/b.tif").toString());
		final String name = Thread.currentThread().getName();
		Thread.currentThread().setName("Run$_test");
		Interpreter.batchMode = true;
		try {
			stack.show();
			Macro.setOptions("validation=[" + folder.resolve("volumes/held.nii") + "] output=[" + folder.resolve("macro.pt") +
				"] network=small steps=2 batch=2 crop=32 channels=1 precision=float32 slices=1 threads=1");
			new CommandBridge().run("org.posteriorj.command.TrainPriorCommand");
			assertEquals(null, CommandBridge.failure());
			assertTrue(Files.exists(folder.resolve("macro.pt")));
			assertEquals(3 * 48, WindowManager.getCurrentImage().getWidth());
		}
		finally {
			Macro.setOptions(null);
			BatchImages.forget();
			Interpreter.batchMode = false;
			Thread.currentThread().setName(name);
		}
	}
}
