package org.posteriorj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.mri.Trajectories;

/** Scans along a trajectory in files of NumPy, BART and ISMRMRD. */
class TrajectoryFilesTest {

	private static final int SHOTS = 6, SAMPLES = 40;

	@TempDir
	Path folder;

	/** Two slices of three coils, 20 x 16 pixels, brightest in the centre. */
	private static NonCartesianKSpace scan(final boolean turned) {
		final Random random = new Random(6);
		final float[][] slices = new float[2][6 * SHOTS * SAMPLES];
		for (final float[] slice : slices) {
			for (int i = 0; i < slice.length; i++) slice[i] = (float) random.nextGaussian() * (i / 2 % SAMPLES == SAMPLES / 2 ? 100 : 1);
		}
		final Trajectory radial = Trajectories.radial(SHOTS, SAMPLES, 20).scaled(1, 0.8).rounded();
		final Trajectory other = turned ? Trajectories.goldenAngle(SHOTS, SAMPLES, 20).scaled(1, 0.8).rounded() : radial;
		return new NonCartesianKSpace("k", 3, 20, 16, List.of(slices), List.of(radial, other), VoxelSize.UNKNOWN, null, List.of());
	}

	private static void requireSame(final NonCartesianKSpace a, final NonCartesianKSpace b, final double tolerance) {
		assertEquals(List.of(a.coils(), a.rows(), a.columns(), a.depth()), List.of(b.coils(), b.rows(), b.columns(), b.depth()));
		for (int z = 0; z < a.depth(); z++) {
			assertArrayEquals(a.slices().get(z), b.slices().get(z));
			assertArrayEquals(a.trajectories().get(z).ky(), b.trajectories().get(z).ky(), tolerance);
			assertArrayEquals(a.trajectories().get(z).kx(), b.trajectories().get(z).kx(), tolerance);
		}
		assertFalse(b.reading().stream().anyMatch(line -> line.startsWith("warning")), b.reading().toString());
	}

	private static NonCartesianKSpace read(final Path file, final TrajectoryOptions given) throws IOException {
		return (NonCartesianKSpace) RawData.read(file, given);
	}

	private static TrajectoryOptions options(final Path file, final String units, final int rows, final int columns) {
		return new TrajectoryOptions(file, units, rows, columns);
	}

	@Test
	void numPyPairsComeBackWithTheSizeOfTheirImage() throws IOException {
		final Path file = folder.resolve("kspace.npy");
		NumPyWriter.write(file, scan(true));
		NumPyWriter.writeTrajectory(folder.resolve("trajectory.npy"), scan(true));
		requireSame(scan(true), read(file, TrajectoryOptions.NONE), 0);
		Files.move(folder.resolve("trajectory.npy"), folder.resolve("positions.npy"));
		requireSame(scan(true), read(file, options(folder.resolve("positions.npy"), "auto", 0, 0)), 0);
		final IOException missing = assertThrows(IOException.class, () -> read(file, options(null, "auto", 20, 16)));
		assertTrue(missing.getMessage().contains("there is no trajectory"), missing.getMessage());
		assertEquals(KSpace.class, RawData.read(file, TrajectoryOptions.NONE).getClass(), "without positions the samples are a grid");
	}

	@ParameterizedTest
	@CsvSource({ "cycles/pixel, 1, auto", "radians/pixel, 6.283185307179586, auto", "cycles/pixel, 1, cycles/pixel" })
	void positionsPerPixelNeedTheSize(final String units, final double turn, final String given) throws IOException {
		final NonCartesianKSpace scan = scan(false);
		final Path file = folder.resolve("kspace.npy");
		NumPyWriter.write(file, scan);
		write("kspace-trajectory", scan.trajectories().get(0).scaled(turn / 20, turn / 16), 3);
		final NonCartesianKSpace back = read(file, options(null, given, 20, 16));
		requireSame(scan, back, 1e-5);
		assertTrue(back.reading().stream().anyMatch(line -> line.startsWith("units: " + units)), back.reading().toString());
		refused("are in " + units + ", and say nothing about the size of the image", () -> read(file, options(null, given, 20, 0)));
	}

	/** One set of positions for all slices, as [shot, sample, axes]. */
	private void write(final String name, final Trajectory k, final int axes) throws IOException {
		final float[] values = new float[k.points() * axes];
		for (int i = 0; i < k.points(); i++) {
			values[i * axes] = (float) k.kx()[i];
			values[i * axes + 1] = (float) k.ky()[i];
		}
		NumPyWriter.write(folder.resolve(name + ".npy"), new NumericArray(new int[] { k.shots(), k.samples(), axes }, false, values, false));
	}

	@Test
	void bartPairsAreReadByTheirDimensions() throws IOException {
		final NonCartesianKSpace scan = scan(true);
		final float[] samples = new float[2 * scan.slices().get(0).length], positions = new float[12 * SHOTS * SAMPLES];
		for (int z = 0; z < 2; z++) {
			System.arraycopy(scan.slices().get(z), 0, samples, z * samples.length / 2, samples.length / 2);
			for (int i = 0; i < SHOTS * SAMPLES; i++) {
				positions[6 * (z * SHOTS * SAMPLES + i)] = (float) scan.trajectories().get(z).kx()[i];
				positions[6 * (z * SHOTS * SAMPLES + i) + 2] = (float) scan.trajectories().get(z).ky()[i];
			}
		}
		bart("ksp", samples, 1, SAMPLES, SHOTS, 3, 2);
		bart("traj", positions, 3, SAMPLES, SHOTS, 1, 2);
		requireSame(scan, read(folder.resolve("ksp.cfl"), TrajectoryOptions.NONE), 0);
		requireSame(scan, read(folder.resolve("ksp.hdr"), options(folder.resolve("traj.hdr"), "cycles/FOV", 20, 16)), 0);
		positions[4] = 1;
		bart("traj", positions, 3, SAMPLES, SHOTS, 1, 2);
		refused("the trajectory is 3-D (kz of sample 0 is 1.0)", () -> read(folder.resolve("ksp.cfl"), TrajectoryOptions.NONE));
		positions[4] = 0;
		positions[1] = 2;
		bart("traj", positions, 3, SAMPLES, SHOTS, 1, 2);
		refused("positions must be real", () -> read(folder.resolve("ksp.cfl"), TrajectoryOptions.NONE));
		bart("traj", samples, 3, SAMPLES, SHOTS, 1, 2);
		refused("positions must be real", () -> read(folder.resolve("ksp.cfl"), TrajectoryOptions.NONE));
		bart("traj", positions, 6, SAMPLES, SHOTS, 1, 1);
		refused("expected size 3 along BART dimension 0 of a trajectory, got 6", () -> read(folder.resolve("ksp.cfl"), TrajectoryOptions.NONE));
	}

	/** Dimensions 0 to 3 and 13. */
	private void bart(final String name, final float[] values, final int a, final int b, final int c, final int coils, final int slices) throws IOException {
		Files.writeString(folder.resolve(name + ".hdr"), "# Dimensions\n" + a + " " + b + " " + c + " " + coils + " 1 1 1 1 1 1 1 1 1 " + slices + " 1 1\n");
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		Files.write(folder.resolve(name + ".cfl"), bytes.array());
	}

	/** The file is of two points, see make.py. */
	@Test
	void ismrmrdReadoutsCarryTheirPositions() throws IOException {
		final NonCartesianKSpace scan = read(Hdf5ReaderTest.resource("ismrmrd-radial.h5"), TrajectoryOptions.NONE);
		assertEquals(List.of(1, 24, 20, 12, 48, 1), List.of(scan.coils(), scan.rows(), scan.columns(), scan.readouts(), scan.readoutSamples(), scan.depth()));
		assertEquals(new VoxelSize(10, 12, 5), scan.voxel());
		assertEquals(2e-4, scan.noise().values()[0], 1e-4, "48 complex samples of 0.01 per real component");
		final double[] ky = scan.trajectories().get(0).ky(), kx = scan.trajectories().get(0).kx();
		assertEquals(12, Trajectory.reach(ky), 1e-5);
		assertEquals(10, Trajectory.reach(kx), 1e-5);
		for (int i = 0; i < ky.length; i++) {
			final double a = -2 * Math.PI * (ky[i] * -3 / 24 + kx[i] * 6 / 20), b = -2 * Math.PI * kx[i] * -5 / 20;
			assertEquals((Math.cos(a) + Math.cos(b) / 2) / Math.sqrt(480), scan.slices().get(0)[2 * i], 1e-5);
			assertEquals((Math.sin(a) + Math.sin(b) / 2) / Math.sqrt(480), scan.slices().get(0)[2 * i + 1], 1e-5);
		}
		assertEquals(48, read(Hdf5ReaderTest.resource("ismrmrd-radial.h5"), options(null, "auto", 48, 40)).rows());
		refused("was measured along a trajectory, expected a Cartesian scan", () -> RawData.read(Hdf5ReaderTest.resource("ismrmrd-radial.h5")));
		refused("the scan is Cartesian, so that trajectory, units, rows and columns do not apply", () -> read(Hdf5ReaderTest.resource("ismrmrd.h5"), options(null,
			"auto", 0, 8)));
		refused("are the units or the size wrong?", () -> read(Hdf5ReaderTest.resource("ismrmrd-radial.h5"), options(null, "cycles/FOV", 0, 0)));
	}

	@Test
	void pairsThatDoNotBelongTogetherAreRefused() throws IOException {
		final NonCartesianKSpace scan = scan(false);
		final Path file = folder.resolve("kspace.npy"), positions = folder.resolve("trajectory.npy");
		NumPyWriter.write(file, scan);
		write("trajectory", Trajectories.radial(SHOTS, SAMPLES + 1, 20), 2);
		refused("has positions of 6 shots of 41 samples, 'kspace.npy' has 2 slices, 6 shots of 40 - do they belong together?", () -> read(file,
			TrajectoryOptions.NONE));
		write("trajectory", Trajectories.radial(SHOTS, SAMPLES, 20), 4);
		refused("expected real positions [shot, sample, 2 or 3]", () -> read(file, TrajectoryOptions.NONE));
		final float[] values = new float[2 * SHOTS * SAMPLES];
		values[9] = Float.NaN;
		NumPyWriter.write(positions, new NumericArray(new int[] { SHOTS, SAMPLES, 2 }, false, values, false));
		refused("1 of 480 numbers are not finite", () -> read(file, TrajectoryOptions.NONE));
		Arrays.fill(values, 0);
		NumPyWriter.write(positions, new NumericArray(new int[] { SHOTS, SAMPLES, 2 }, false, values, false));
		refused("are the units or the size wrong?", () -> read(file, options(null, "auto", 20, 16)));
		write("trajectory", Trajectories.radial(SHOTS, SAMPLES, 200), 2);
		refused("reaches to ky 100.0 and kx 100.0 cycles per field of view, an image of 20 x 16 (rows x columns) holds 10 and 8", () -> read(file, options(null,
			"cycles/FOV", 20, 16)));
		refused("need a field of view, which the file does not state", () -> read(file, options(null, "cycles/m", 20, 16)));
		refused("no such file", () -> read(file, options(folder.resolve("absent.npy"), "auto", 0, 0)));
		assertThrows(IllegalArgumentException.class, () -> options(null, "furlongs", 0, 0));
		assertThrows(IllegalArgumentException.class, () -> options(null, "auto", -1, 0));
	}

	private static void refused(final String words, final Executable action) {
		final String message = assertThrows(IOException.class, action).getMessage();
		assertTrue(message.startsWith("'") && message.contains(words) && !message.contains("\n"), message);
	}
}
