package org.posteriorj.physics.ct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;

/**
 * A scan as a parallel beam whose detector sees the whole image, for {@link FourierParallelBeam}.
 * <p>
 * The parallel ray at angle {@code theta} and distance t from the axis is that of a fan at view angle {@code theta + gamma},
 * {@code sin gamma = t / sourceToOrigin}; it is interpolated linearly between views and detector pixels, from the opposite side where
 * the detector does not reach. Beyond the detector the object must end: rays there are zero.
 *
 * @see "A. C. Kak, M. Slaney, Principles of Computerized Tomographic Imaging (1988), section 3.4.3"
 */
public final class ParallelRebinning {

	/** Mean value at the ends of the detector, in units of the largest, beyond which the object does not end there. */
	private static final double TRUNCATED = 0.1;

	private ParallelRebinning() {}

	/**
	 * The scan for images of {@code size} x {@code size} pixels.
	 *
	 * @throws IllegalArgumentException for a fan over less than a full circle, and for an object that reaches beyond the detector
	 */
	public static Sinogram apply(final Sinogram scan, final int size) {
		requireWhole(scan);
		final Geometry g = scan.geometry();
		final boolean fan = g.beam() != Geometry.Beam.PARALLEL;
		if (fan && !AngularRange.of(g.angles(), 360).full()) {
			throw new IllegalArgumentException("rebinning: a fan needs a full circle of views to become parallel - use the ray-driven operator.");
		}
		final double shrink = fan ? g.sourceToOrigin() / g.sourceToDetector() : 1;
		final double pitch = g.detectorPitch() * shrink, offset = g.detectorOffset() * shrink, corner = Math.hypot(size, size) / 2 * g.imagePixel();
		final double half = scan.detectors() * pitch / 2;
		final int left = pixels(corner - (half - offset), pitch), right = pixels(corner - (half + offset), pitch), n = left + scan.detectors() + right;
		final Geometry parallel = new Geometry(Geometry.Beam.PARALLEL, g.angles(), pitch, 0, 0, offset + (right - left) / 2.0 * pitch, g.imagePixel(), g
			.photons());
		final List<float[]> slices = new ArrayList<>();
		for (final float[] slice : scan.slices()) slices.add(fan ? rebinned(g, slice, parallel, n) : padded(slice, scan.detectors(), left, n));
		return new Sinogram(scan.title(), scan.views(), n, slices, parallel, scan.sliceDistance(), scan.reading());
	}

	/** Whole pixels that cover a length, one more for the slope of the last; 0 if there is none. */
	private static int pixels(final double length, final double pitch) {
		return length > 0 ? (int) Math.ceil(length / pitch) + 1 : 0;
	}

	private static float[] padded(final float[] slice, final int detectors, final int left, final int n) {
		final float[] wide = new float[slice.length / detectors * n];
		for (int v = 0; v < slice.length / detectors; v++) System.arraycopy(slice, v * detectors, wide, v * n + left, detectors);
		return wide;
	}

	private static float[] rebinned(final Geometry fan, final float[] slice, final Geometry parallel, final int n) {
		final int detectors = slice.length / fan.views();
		final OppositeRays rays = new OppositeRays(fan, slice, detectors);
		final double[] angles = parallel.angles();
		final float[] result = new float[angles.length * n];
		Workers.each(angles.length, v -> {
			for (int j = 0; j < n; j++) {
				final double t = parallel.detectorPosition(j, n);
				if (Math.abs(t) >= fan.sourceToOrigin()) continue;
				final double gamma = Math.asin(t / fan.sourceToOrigin()), index = index(fan, gamma, detectors), opposite = index(fan, -gamma, detectors);
				if (index >= 0 && index <= detectors - 1) result[v * n + j] = (float) rays.at(angles[v] + Math.toDegrees(gamma), index);
				else if (opposite >= 0 && opposite <= detectors - 1) result[v * n + j] = (float) rays.at(angles[v] + 180 - Math.toDegrees(gamma), opposite);
			}
		});
		return result;
	}

	/** Detector index of the ray that leaves the central one by {@code gamma} radians. */
	private static double index(final Geometry g, final double gamma, final int detectors) {
		final double u = g.sourceToDetector() * (g.beam() == Geometry.Beam.FAN ? Math.tan(gamma) : gamma);
		return (u - g.detectorOffset()) / g.detectorPitch() + (detectors - 1) / 2.0;
	}

	private static void requireWhole(final Sinogram scan) {
		final int n = scan.detectors();
		final float[] data = scan.slices().get(scan.depth() / 2);
		double largest = 0, first = 0, last = 0;
		for (final float v : data) largest = Math.max(largest, v);
		for (int v = 0; v < scan.views(); v++) {
			first += data[v * n] / (double) scan.views();
			last += data[v * n + n - 1] / (double) scan.views();
		}
		// a detector displaced to one side cuts the object on the other, which the opposite views make good
		final boolean circle = AngularRange.of(scan.geometry().angles(), 360).full();
		final double end = circle ? Math.min(first, last) : Math.max(first, last);
		if (end > TRUNCATED * largest) {
			throw new IllegalArgumentException(String.format(Locale.ROOT, "rebinning: the ends of the detector see %.3g on average (largest value %.3g), so the object " +
				"does not end on it - use the ray-driven operator.", end, largest));
		}
	}

	/** Views of a fan that are so far apart that rebinning blurs: the arc between neighbours at the rim in detector pixels. */
	public static double arcBetweenViews(final Sinogram scan) {
		final Geometry g = scan.geometry();
		final double[] sorted = Arrays.stream(g.angles()).sorted().toArray();
		final double step = Math.toRadians((sorted[sorted.length - 1] - sorted[0]) / Math.max(1, sorted.length - 1));
		return step * scan.detectors() / 2;
	}
}
