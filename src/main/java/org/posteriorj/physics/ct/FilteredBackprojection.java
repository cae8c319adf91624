package org.posteriorj.physics.ct;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Geometry;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Filtered backprojection: an image in 1/mm from line integrals, for parallel beams and fans, full, short and limited scans.
 * <p>
 * Parallel: {@code x = sum over views of share * q(x cos a + y sin a)} with q the ramp-filtered view. Fan: views weighted by
 * the cosine of the fan angle and by redundancy, filtered, and backprojected with the inverse square of the distance. Pixels
 * that a view does not see take nothing from it.
 *
 * @see "A. C. Kak, M. Slaney, Principles of Computerized Tomographic Imaging (1988), sections 3.3 and 3.4"
 */
public final class FilteredBackprojection {

	private final Geometry geometry;
	private final int detectors;
	private final int rows;
	private final int columns;
	private final double[] angles;
	private final AngularRange covered;
	/** Whether every line is measured from both sides, where the detector reaches. */
	private final boolean fullTurn;
	/** Pixels without data before the first and in all, which a detector to one side of the axis needs for its filtered views. */
	private final int before;
	private final int width;
	private final RampFilter filter;

	/**
	 * @param geometry how the scan was taken
	 * @param detectors number of detector pixels
	 * @param rows image rows
	 * @param columns image columns
	 * @param window what is left of the ramp filter
	 */
	public FilteredBackprojection(final Geometry geometry, final int detectors, final int rows, final int columns, final FilterWindow window) {
		if (detectors < 2 || rows < 1 || columns < 1) {
			throw new IllegalArgumentException("FBP: needs at least two detector pixels, one image row and column, got " + detectors + ", " + rows +
				", " + columns + ".");
		}
		this.geometry = geometry;
		this.detectors = detectors;
		this.rows = rows;
		this.columns = columns;
		angles = geometry.angles();
		covered = AngularRange.of(angles, geometry.beam() == Geometry.Beam.PARALLEL ? 180 : 360);
		fullTurn = AngularRange.of(angles, 360).full();
		final double missing = (geometry.detectorPosition(0, detectors) + geometry.detectorPosition(detectors - 1, detectors)) / geometry.detectorPitch();
		before = fullTurn ? (int) Math.max(0, Math.min(detectors, Math.round(missing))) : 0;
		width = detectors + before + (fullTurn ? (int) Math.max(0, Math.min(detectors, Math.round(-missing))) : 0);
		final double tau = spacing();
		filter = switch (geometry.beam()) {
			case PARALLEL, FAN -> new RampFilter(width, tau, window, n -> 1);
			case FAN_CURVED -> new RampFilter(width, tau, window, n -> Math.pow(n * tau / Math.sin(n * tau), 2));
		};
	}

	/** Distance of neighbouring samples: mm at the rotation axis, for a curved detector radians. */
	private double spacing() {
		return switch (geometry.beam()) {
			case PARALLEL -> geometry.detectorPitch();
			case FAN -> geometry.detectorPitch() * geometry.sourceToOrigin() / geometry.sourceToDetector();
			case FAN_CURVED -> geometry.detectorPitch() / geometry.sourceToDetector();
		};
	}

	/** Images [B, 1, H, W] in 1/mm from sinograms [B, views, detectors]. */
	public Tensor reconstruct(final Tensor sinograms) {
		Shapes.requireBatch("FBP", "sinogram", sinograms, new long[] { angles.length, detectors });
		return Scopes.keep(() -> {
			final List<Tensor> images = new ArrayList<>();
			for (long i = 0; i < sinograms.size(0); i++) {
				images.add(Tensors.of(reconstruct(Tensors.toFloats(sinograms.select(0, i))), 1, 1, rows, columns));
			}
			return Tensors.to(Tensors.concatenate(images), sinograms.device());
		});
	}

	/** An image [row][column] in 1/mm from a sinogram [view][detector]. */
	public float[] reconstruct(final float[] sinogram) {
		if (sinogram.length != angles.length * detectors) {
			throw new IllegalArgumentException("FBP: the sinogram has " + sinogram.length + " values, expected " + angles.length * detectors + " (" +
				angles.length + " views of " + detectors + " detector pixels).");
		}
		final float[] filtered = filter.apply(weighted(sinogram));
		final float[] image = new float[rows * columns];
		Workers.each(rows, row -> backproject(filtered, image, row));
		return image;
	}

	/** Data times redundancy, and for a fan times the cosine of the fan angle. */
	private float[] weighted(final float[] sinogram) {
		final double[] place = new double[detectors], cosine = new double[detectors];
		final boolean parallel = geometry.beam() == Geometry.Beam.PARALLEL;
		final double radius = geometry.beam() == Geometry.Beam.FAN_CURVED ? geometry.sourceToOrigin() : 1;
		for (int j = 0; j < detectors; j++) {
			final double u = geometry.detectorPosition(j, detectors);
			place[j] = parallel ? u : FanBeam.angle(geometry, u);
			cosine[j] = parallel ? 1 : radius * Math.cos(place[j]);
		}
		final Redundancy redundancy = redundancy(place[0], place[detectors - 1]);
		final float[] result = new float[angles.length * width];
		for (int v = 0; v < angles.length; v++) for (int j = 0; j < detectors; j++) {
			result[v * width + before + j] = (float) (sinogram[v * detectors + j] * cosine[j] * redundancy.weight(Math.toRadians(angles[v]), place[j]));
		}
		return result;
	}

	/** The weight of a ray at a view angle in radians and detector position in mm or radians. */
	private interface Redundancy {

		double weight(double angle, double place);
	}

	private Redundancy redundancy(final double first, final double last) {
		final DetectorOverlap overlap = new DetectorOverlap(first, last);
		if (geometry.beam() != Geometry.Beam.PARALLEL) {
			if (fullTurn) return (angle, gamma) -> overlap.weight(gamma);
			return new FanRedundancy(covered, Math.max(Math.abs(first), Math.abs(last)))::weight;
		}
		// opposite views share their angle already
		return fullTurn ? (angle, u) -> 2 * overlap.weight(u) : (angle, u) -> 1;
	}

	private void backproject(final float[] filtered, final float[] image, final int row) {
		final double pixel = geometry.imagePixel(), y = ((rows - 1) / 2.0 - row) * pixel;
		final double[] line = new double[columns];
		for (int v = 0; v < angles.length; v++) {
			final double a = Math.toRadians(angles[v]), cos = Math.cos(a), sin = Math.sin(a), share = covered.shares()[v];
			for (int c = 0; c < columns; c++) {
				final double x = (c - (columns - 1) / 2.0) * pixel;
				final double t = x * cos + y * sin, depth = geometry.sourceToOrigin() - x * sin + y * cos;
				line[c] += share * switch (geometry.beam()) {
					case PARALLEL -> at(filtered, v, t);
					case FAN -> square(geometry.sourceToOrigin() / depth) * at(filtered, v, geometry.sourceToDetector() * t / depth);
					case FAN_CURVED -> at(filtered, v, geometry.sourceToDetector() * Math.atan(t / depth)) / (t * t + depth * depth);
				};
			}
		}
		for (int c = 0; c < columns; c++) image[row * columns + c] = (float) line[c];
	}

	/** A filtered view at detector position {@code u} in mm, interpolated; 0 outside the detector. */
	private double at(final float[] filtered, final int view, final double u) {
		final double j = (u - geometry.detectorOffset()) / geometry.detectorPitch() + (detectors - 1) / 2.0 + before;
		if (!(j >= 0 && j <= width - 1)) return 0;
		final int i = Math.min((int) j, width - 2), k = view * width + i;
		return filtered[k] + (j - i) * (filtered[k + 1] - filtered[k]);
	}

	private static double square(final double x) {
		return x * x;
	}
}
