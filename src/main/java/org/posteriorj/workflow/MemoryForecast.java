package org.posteriorj.workflow;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.UNet;

/**
 * Memory that a run will need, split as the JVM splits it, and a refusal before it starts instead of a crash on the way.
 *
 * @param nativeBytes for libtorch, outside the Java heap
 * @param heapBytes for arrays and images, inside the Java heap
 */
record MemoryForecast(long nativeBytes, long heapBytes) {

	/** libtorch with its libraries and thread buffers, measured after the first operation. */
	private static final long LIBTORCH = 400L << 20;
	/** The same where no eigenvectors are computed. */
	private static final long BARE_LIBTORCH = 290L << 20;
	/** Coil images alive at once in a conjugate-gradient step of the SENSE operator, measured. */
	private static final long COIL_BUFFERS = 6;
	/** The same along a trajectory, whose Fourier transforms have the doubled grid, measured for 16 coils of 256 x 256. */
	private static final long GRIDDED_BUFFERS = 36;
	/** Image-sized float buffers per pixel of the shipped network at its widest level, measured. */
	private static final long NETWORK_BUFFERS = 400;

	/** Bytes that a training step keeps per activation of a residual block, measured for three networks. */
	private static final double TRAINING_BYTES = 140;
	private static final long TRAINING_OVERHEAD = 100L << 20;
	/** Volumes alive at once in a step of the coupled solver, of images and of data, and the bytes that the projector keeps of a ray. */
	private static final long VOLUME_BUFFERS = 20, RAY_BUFFERS = 6, RAY_BYTES = 64;
	/** Arrays of the size of coil images, and of images, that each slice of an MRI volume takes in the coupled solver, measured. */
	private static final long SLICE_COPIES = 12, COMPLEX_BUFFERS = 40;
	/** Coil images that the calibration of a slice takes, per coil, measured. */
	private static final long ESPIRIT_BUFFERS = 3;
	/** The Java machine itself, outside its heap, measured. */
	private static final long JAVA = 100L << 20;

	/** Reconstruction of MRI slices one by one, {@code chunk} samples at a time, all finished samples kept; {@code gridded} along a trajectory. */
	static MemoryForecast mri(final int coils, final int rows, final int columns, final int slices, final int samples, final int chunk, final boolean gridded) {
		final long pixels = (long) rows * columns;
		final long coilImages = 8L * coils * pixels;
		return new MemoryForecast(LIBTORCH + (gridded ? GRIDDED_BUFFERS : COIL_BUFFERS) * coilImages + (gridded ? 0 : SenseOperator.eigenbasisBytes(rows, columns)) + chunk * NETWORK_BUFFERS * 4 * pixels,
			(long) slices * (samples + 5L) * 8 * pixels + 4 * coilImages);
	}

	/**
	 * Reconstruction of an MRI volume as a whole; within 10 % of the peak of DiffusionMBIR measured for 8 and 24 slices of 256 x 256 with 4, 8 and 16 coils, lines and
	 * spokes.
	 */
	static MemoryForecast mriVolume(final int coils, final int rows, final int columns, final int slices, final boolean gridded) {
		final long pixels = (long) rows * columns, image = 8 * pixels, coilImages = coils * image;
		final long oneSlice = gridded ? GRIDDED_BUFFERS * coilImages : ESPIRIT_BUFFERS * coils * coilImages;
		return new MemoryForecast(BARE_LIBTORCH + NETWORK_BUFFERS * 4 * pixels + oneSlice + slices * (SLICE_COPIES * coilImages + COMPLEX_BUFFERS * image), slices * (coilImages + 6 *
			image));
	}

	/** Training: weights with gradient, two moments and average, and what the backward pass keeps; measured to 30 %. */
	static MemoryForecast training(final UNet.Design design, final int batch, final int crop, final long validationPixels) {
		final long pixels = (long) batch * crop * crop;
		return new MemoryForecast(LIBTORCH + TRAINING_OVERHEAD + 24 * design.weights() + Math.round(TRAINING_BYTES * design.activations() * pixels) +
			NETWORK_BUFFERS * 4 * validationPixels, 4 * 8 * pixels);
	}

	/**
	 * Reconstruction of a CT volume; within 12 % of the peak of DiffusionMBIR measured for 16, 64 and 128 slices of 256 x 256.
	 *
	 * @param rays line integrals of one slice
	 * @param pixels pixels of one slice
	 * @param together slices that the method computes at once
	 * @param network whether a prior network takes part
	 */
	static MemoryForecast ct(final long rays, final long pixels, final int slices, final int samples, final int together, final boolean network) {
		return new MemoryForecast(JAVA + LIBTORCH + together * 4 * (VOLUME_BUFFERS * pixels + RAY_BUFFERS * rays) + (network ? NETWORK_BUFFERS * 4 * pixels : 0),
			RAY_BYTES * rays + slices * 4L * (RAY_BUFFERS * rays + (samples + 5L) * pixels));
	}

	/** Throws if the machine or the Java heap has less free than the forecast. */
	void require(final String where) {
		require(where, "ask for fewer samples or slices.");
	}

	/** As above; {@code less} says how the run can be made smaller. */
	void require(final String where, final String less) {
		check(where, nativeBytes + heapBytes, availableMemory(), "close other programs, or " + less);
		final Runtime java = Runtime.getRuntime();
		check(where, heapBytes, java.maxMemory() - java.totalMemory() + java.freeMemory(),
			"raise the Java heap (-Xmx, Edit > Options > Memory & Threads), or " + less);
	}

	static void check(final String where, final long needed, final long available, final String remedy) {
		if (needed <= available) return;
		throw new IllegalArgumentException(String.format(Locale.ROOT, "%s: this run needs about %.1f GB and %.1f GB are free - %s",
			where, needed / 1e9, available / 1e9, remedy));
	}

	/** Physical memory that can be had without swapping. */
	static long availableMemory() {
		final Path meminfo = Path.of("/proc/meminfo");
		if (Files.isReadable(meminfo)) {
			try {
				for (final String line : Files.readAllLines(meminfo)) {
					if (line.startsWith("MemAvailable:")) return Long.parseLong(line.replaceAll("\\D", "")) << 10;
				}
			}
			catch (final IOException exc) {
				// the general figure below serves every system
				return freeMemory();
			}
		}
		return freeMemory();
	}

	private static long freeMemory() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getFreeMemorySize();
	}
}
