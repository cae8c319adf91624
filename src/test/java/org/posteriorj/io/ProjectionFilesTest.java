package org.posteriorj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.SharedData;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Projections;
import org.posteriorj.data.Sinogram;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** Files of CT scans: what is read, and one line for every bad one. */
class ProjectionFilesTest {

	private static final String PARALLEL = "{\"type\": \"parallel\", \"angularRange\": 180, \"detectorPitch\": 0.5}";

	@TempDir
	Path folder;

	private static void refused(final String words, final Executable action) {
		final String message = assertThrows(IOException.class, action).getMessage();
		assertTrue(message.contains(words), message);
		assertTrue(message.startsWith("'"), message);
		assertFalse(message.contains("\n") || message.contains("Exception"), message);
	}

	private static GeometryJson json(final String text) {
		return GeometryJson.parse("geometry", text);
	}

	private static Projections read(final Path file) throws IOException {
		return RawData.readProjections(file, GeometryJson.none());
	}

	private static float[] ramp(final int n) {
		final float[] values = new float[n];
		for (int i = 0; i < n; i++) values[i] = i + 1;
		return values;
	}

	@Test
	void numPy() throws IOException {
		final Geometry geometry = new Geometry(Geometry.Beam.FAN, new double[] { 0, 120.1, 240.2 }, 0.3, 400, 700.5, -1.25, 0.1, 2e4);
		final Sinogram before = new Sinogram("s", 3, 4, List.of(ramp(12), new float[12]), geometry, 1, List.of());
		NumPyWriter.write(folder.resolve("s.npy"), before);
		Files.writeString(folder.resolve("g.json"), GeometryJson.text(geometry));
		assertTrue(RawData.isProjections(folder.resolve("s.npy")));
		final Projections after = RawData.readProjections(folder.resolve("s.npy"), GeometryJson.read(folder.resolve("g.json")));
		assertEquals(geometry, after.geometry());
		assertEquals(2, after.slices().size());
		assertArrayEquals(before.slices().get(0), after.slices().get(0));
		assertFalse(after.counts());
		refused("give geometry=FILE.json", () -> read(folder.resolve("s.npy")));
		refused("type is missing", () -> RawData.readProjections(folder.resolve("s.npy"), json("{\"detectorPitch\": 1}")));
		refused("lists 2 angles for 3 views", () -> RawData.readProjections(folder.resolve("s.npy"), json(
			"{\"type\": \"parallel\", \"detectorPitch\": 1, \"angles\": [1, 2]}")));
		NumPyWriter.write(folder.resolve("n.npy"), new NumericArray(new int[] { 2, 2 }, false, new float[] { 1, Float.NaN, 2, 3 }, false));
		refused("1 of 4 numbers", () -> RawData.readProjections(folder.resolve("n.npy"), json(PARALLEL)));
		NumPyWriter.write(folder.resolve("c.npy"), new NumericArray(new int[] { 2, 2 }, true, new float[8], false));
		assertFalse(RawData.isProjections(folder.resolve("c.npy")));
		refused("is it k-space", () -> RawData.readProjections(folder.resolve("c.npy"), json(PARALLEL)));
		NumPyWriter.write(folder.resolve("l.npy"), new NumericArray(new int[] { 4 }, false, new float[4], false));
		refused("2 axes [view, detector]", () -> RawData.readProjections(folder.resolve("l.npy"), json(PARALLEL)));
	}

	@Test
	void aGeometryFileGivesOnlyWhatItMust() {
		final Geometry base = Geometry.fan(new double[] { 0, 180 }, 0.2, 400, 800, 0.05);
		assertEquals(base, GeometryJson.none().over(base, 2));
		assertEquals(base.withImagePixel(0.3), json("{\"imagePixel\": 0.3}").over(base, 2));
		assertEquals(base.withPhotons(5.0), json("{\"photons\": 5}").over(base, 2));
		assertEquals(base.withAngles(0, 45), json("{\"angularRange\": 90}").over(base, 2));
		// another pitch makes another image pixel
		assertEquals(0.2, json("{\"detectorPitch\": 0.4}").over(base, 2).imagePixel(), 1e-12);
		assertEquals(Geometry.parallel(new double[] { 0, 90 }, 0.5, 0.5), json(PARALLEL).over(null, 2));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "not json at all { | not valid JSON", "[1, 2] | expected a JSON object", "{\"kind\": 1} | unknown key 'kind'",
		"{\"type\": \"helix\"} | parallel, fan, fan-curved", "{\"type\": \"parallel\"} | detectorPitch is missing",
		"{\"type\": \"parallel\", \"detectorPitch\": -1, \"angularRange\": 180} | detectorPitch must be positive",
		"{\"type\": \"parallel\", \"detectorPitch\": \"wide\"} | detectorPitch must be a number",
		"{\"type\": \"parallel\", \"detectorPitch\": 1} | angles is missing",
		"{\"type\": \"parallel\", \"detectorPitch\": 1, \"angles\": \"all\"} | list of numbers",
		"{\"type\": \"parallel\", \"detectorPitch\": 1, \"angles\": [0], \"angularRange\": 9} | both",
		"{\"type\": \"fan\", \"detectorPitch\": 1, \"angularRange\": 360} | sourceToOrigin is missing",
		"{\"type\": \"fan\", \"detectorPitch\": 1, \"angularRange\": 360, \"sourceToOrigin\": 800, \"sourceToDetector\": 400} | were the two swapped" })
	void badGeometry(final String text, final String words) throws IOException {
		final Path file = folder.resolve("s.npy");
		NumPyWriter.write(file, new NumericArray(new int[] { 2, 3 }, false, new float[6], false));
		final Path geometry = Files.writeString(folder.resolve("g.json"), text);
		refused(words, () -> RawData.readProjections(file, GeometryJson.read(geometry)));
	}

	private Path mat(final String name, final Object... namesAndValues) throws IOException {
		try (var file = Mat5.newMatFile()) {
			for (int i = 0; i < namesAndValues.length; i += 2) file.addArray((String) namesAndValues[i], (us.hebi.matlab.mat.types.Array) namesAndValues[i + 1]);
			Mat5.writeToFile(file, folder.resolve(name).toFile());
		}
		return folder.resolve(name);
	}

	private static Matrix matrix(final int... size) {
		final Matrix matrix = Mat5.newMatrix(size);
		for (int i = 0; i < matrix.getNumElements(); i++) matrix.setDouble(i, i);
		return matrix;
	}

	@Test
	void matlab() throws IOException {
		final Struct parameters = Mat5.newStruct().set("angles", matrix(1, 2)).set("pixelSizePost", Mat5.newScalar(0.2)).set("distanceSourceOrigin", Mat5
			.newScalar(400)).set("distanceSourceDetector", Mat5.newScalar(600));
		final Path struct = mat("s.mat", "CtDataFull", Mat5.newStruct().set("type", Mat5.newString("2d")).set("sinogram", matrix(2, 3)).set("parameters",
			parameters));
		final Projections scan = read(struct);
		assertEquals(Geometry.fan(new double[] { 0, 1 }, 0.2, 400, 600, 0.2 * 400 / 600), scan.geometry());
		// MATLAB's first axis is the fastest
		assertArrayEquals(new float[] { 0, 2, 4, 1, 3, 5 }, scan.slices().get(0));
		final Path stack = mat("v.mat", "sino", matrix(2, 3, 2), "other", matrix(4, 4));
		assertArrayEquals(new float[] { 6, 8, 10, 7, 9, 11 }, RawData.readProjections(stack, json(PARALLEL)).slices().get(1));
		refused("give geometry=FILE.json", () -> read(stack));
		final Path two = mat("two.mat", "a", matrix(2, 3), "b", matrix(3, 3));
		refused("found 2 among the variables a, b", () -> RawData.readProjections(two, json(PARALLEL)));
		final byte[] whole = Files.readAllBytes(struct);
		final Path cut = Files.write(folder.resolve("cut.mat"), Arrays.copyOf(whole, whole.length / 2));
		refused("'cut.mat'", () -> read(cut));
		final Path text = Files.writeString(folder.resolve("t.mat"), "this is text");
		refused("not a MATLAB 5 file", () -> read(text));
		final Path new73 = Files.writeString(folder.resolve("n.mat"), "MATLAB 7.3 MAT-file, Platform: GLNXA64" + " ".repeat(100));
		refused("'-v7'", () -> read(new73));
	}

	private Path exchange(final Consumer<WritableGroup> fill) {
		final Path path = folder.resolve("scan.h5");
		try (WritableHdfFile file = HdfFile.write(path)) {
			fill.accept(file.putGroup("exchange"));
		}
		return path;
	}

	private static int[][][] counts(final int a, final int b, final int n, final int offset) {
		final int[][][] values = new int[a][b][n];
		for (int i = 0; i < a; i++) for (int j = 0; j < b; j++) for (int k = 0; k < n; k++) values[i][j][k] = offset + 100 * i + 10 * j + k;
		return values;
	}

	@Test
	void dataExchange() throws IOException {
		final Path file = exchange(group -> {
			group.putDataset("data", counts(3, 2, 4, 50));
			group.putDataset("data_white", counts(1, 2, 4, 1000));
			group.putDataset("data_dark", counts(2, 2, 4, 0));
			group.putDataset("theta", new double[] { 0, 1, 2 }).putAttribute("units", "radians");
		});
		assertTrue(RawData.isProjections(file));
		final Projections scan = read(file);
		assertTrue(scan.counts());
		assertEquals(List.of(3, 4, 2), List.of(scan.views(), scan.detectors(), scan.slices().size()));
		assertArrayEquals(new float[] { 60, 61, 62, 63, 160, 161, 162, 163, 260, 261, 262, 263 }, scan.slices().get(1));
		assertArrayEquals(new float[] { 1010, 1011, 1012, 1013 }, scan.flats().get(1));
		assertEquals(8, scan.darks().get(0).length);
		assertEquals(Math.toDegrees(2), scan.geometry().angles()[2], 1e-9);
		assertTrue(scan.reading().toString().contains("pixel size: not in the file"), scan.reading().toString());
		assertEquals(0.01, RawData.readProjections(file, json("{\"detectorPitch\": 0.01}")).geometry().imagePixel());
	}

	@Test
	void badDataExchange() {
		final Path noWhite = exchange(group -> group.putDataset("data", counts(3, 2, 4, 50)));
		refused("no flat field", () -> read(noWhite));
		final Path otherWhite = exchange(group -> {
			group.putDataset("data", counts(3, 2, 4, 50));
			group.putDataset("data_white", counts(3, 2, 5, 50));
		});
		refused("not of one scan", () -> read(otherWhite));
		final Path otherAngles = exchange(group -> {
			group.putDataset("data", counts(3, 2, 4, 50));
			group.putDataset("data_white", counts(3, 2, 4, 50));
			group.putDataset("theta", new double[] { 0, 1 });
		});
		refused("2 angles for 3 views", () -> read(otherAngles));
		final Path flat = exchange(group -> {
			group.putDataset("data", new int[][] { { 1, 2 }, { 3, 4 } });
			group.putDataset("data_white", counts(3, 2, 4, 50));
		});
		refused("of 3 axes", () -> read(flat));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "s.mat|empty", "s.npy|empty", "s.h5|empty", "s.tif|empty" })
	void emptyAndForeign(final String name, final String words) throws IOException {
		refused("no such file", () -> read(folder.resolve(name)));
		final Path empty = Files.write(folder.resolve(name), new byte[0]);
		refused(words, () -> read(empty));
		final Path other = Files.writeString(folder.resolve("x.png"), "x");
		refused("not a kind of CT scan", () -> read(other));
	}

	@Test
	void helsinkiFileEqualsItsArray() throws IOException {
		final Projections scan = read(SharedData.path("sinograms/htc2022-fan/htc2022_ta_full.mat"));
		final NumericArray array = new NumPyReader().array(SharedData.path("sinograms/htc2022-fan/sino_htc2022_ta.npy"));
		assertArrayEquals(array.values(), scan.slices().get(0), 1e-7f);
		assertEquals(List.of(410.66, 553.74, 0.2), List.of(scan.geometry().sourceToOrigin(), scan.geometry().sourceToDetector(), scan.geometry().detectorPitch()));
		assertEquals(0.14832, scan.geometry().imagePixel(), 1e-5);
		assertEquals(360, scan.geometry().angles()[720], 0);
	}

	@Test
	void toothFileEqualsItsArrays() throws IOException {
		final Path file = SharedData.path("sinograms/tooth-parallel/tooth.h5");
		final Projections scan = read(file);
		final float[] counts = new NumPyReader().array(file.resolveSibling("data.npy")).values();
		for (int v = 0; v < 181; v++) for (int i = 0; i < 640; i++) assertEquals(counts[(v * 2 + 1) * 640 + i], scan.slices().get(1)[v * 640 + i]);
		assertEquals(10 * 640, scan.flats().get(0).length);
		assertEquals(179, scan.geometry().angles()[180], 0.01);
	}
}
