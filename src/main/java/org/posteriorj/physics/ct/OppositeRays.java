package org.posteriorj.physics.ct;

import java.util.Comparator;
import java.util.stream.IntStream;

import org.posteriorj.data.Geometry;

/** How much the two measurements of the same line, from opposite sides, differ in a full circle of views. */
final class OppositeRays {

	private final Geometry geometry;
	private final float[] sinogram;
	private final int detectors;
	private final int[] order;
	private final double[] sorted;

	OppositeRays(final Geometry geometry, final float[] sinogram, final int detectors) {
		this.geometry = geometry;
		this.sinogram = sinogram;
		this.detectors = detectors;
		final double[] wrapped = geometry.angles();
		for (int i = 0; i < wrapped.length; i++) wrapped[i] = wrap(wrapped[i]);
		order = IntStream.range(0, wrapped.length).boxed().sorted(Comparator.comparingDouble(i -> wrapped[i])).mapToInt(i -> i).toArray();
		sorted = IntStream.of(order).mapToDouble(i -> wrapped[i]).toArray();
	}

	private static double wrap(final double degrees) {
		final double rest = degrees % 360;
		return rest < 0 ? rest + 360 : rest;
	}

	/** Mean squared difference of the two measurements, if the axis projects to detector index {@code centre}. */
	double mismatch(final double centre) {
		double sum = 0;
		long n = 0;
		for (int v = 0; v < sorted.length; v++) for (int j = 0; j < detectors; j++) {
			final double mirrored = 2 * centre - j;
			if (mirrored < 0 || mirrored > detectors - 1) continue;
			final double fan = geometry.beam() == Geometry.Beam.PARALLEL ? 0
				: Math.toDegrees(FanBeam.angle(geometry, (j - centre) * geometry.detectorPitch()));
			final double difference = sinogram[order[v] * detectors + j] - at(sorted[v] + 180 - 2 * fan, mirrored);
			sum += difference * difference;
			n++;
		}
		return sum / Math.max(1, n);
	}

	/** The sinogram at any angle and detector index, interpolated linearly. */
	double at(final double angle, final double j) {
		final double degrees = wrap(angle);
		int after = java.util.Arrays.binarySearch(sorted, degrees);
		if (after < 0) after = -after - 1;
		final int right = after % sorted.length, left = Math.floorMod(after - 1, sorted.length);
		final double gap = wrap(sorted[right] - sorted[left]);
		final double part = gap == 0 ? 0 : wrap(degrees - sorted[left]) / gap;
		return (1 - part) * at(order[left], j) + part * at(order[right], j);
	}

	private double at(final int view, final double j) {
		final int i = Math.min((int) j, detectors - 2), k = view * detectors + i;
		return sinogram[k] + (j - i) * (sinogram[k + 1] - sinogram[k]);
	}
}
