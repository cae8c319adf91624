package org.posteriorj.physics.ct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Geometry;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.physics.PowerIteration;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * A ray-driven CT scan: {@code y = integral of x along every ray}, and its exact adjoint.
 * <p>
 * Images [B, 1, H, W] in 1/mm, data [B, views, detectors] without unit. A detector pixel that is wider than the image's
 * pixels takes the mean of several rays. Computed on the processor, item by item, with sums
 * that do not depend on the number of threads; results are placed where the argument was.
 */
public abstract class CtOperator implements LinearOperator {

	private final Geometry geometry;
	private final int detectors;
	private final int rows;
	private final int columns;
	private final int raysPerDetector;
	private final RayProjector projector;
	private double norm;

	/** For the subclasses, whose {@code rays} know where the ray of a view and detector pixel runs. */
	CtOperator(final Geometry geometry, final int detectors, final int rows, final int columns, final RaySource rays) {
		if (detectors < 1 || rows < 1 || columns < 1) {
			throw new IllegalArgumentException("CT operator: needs at least one detector pixel, image row and column, got " + detectors + ", " + rows +
				", " + columns + ".");
		}
		this.geometry = geometry;
		this.detectors = detectors;
		this.rows = rows;
		this.columns = columns;
		final double[] angles = geometry.angles();
		final int fine = raysPerDetector(geometry);
		raysPerDetector = fine;
		projector = new RayProjector(k -> {
			final int datum = k / fine;
			final double j = datum % detectors + (k % fine + 0.5) / fine - 0.5;
			return rays.ray(Math.toRadians(angles[datum / detectors]), geometry.detectorPosition(j, detectors));
		}, Math.multiplyExact(Math.multiplyExact(angles.length, detectors), fine), rows, columns, geometry.imagePixel());
		final float[] ones = new float[Math.multiplyExact(rows, columns)];
		Arrays.fill(ones, 1);
		boolean meets = false;
		for (final float length : projector.project(ones)) meets |= length > 0;
		if (!meets) {
			throw new IllegalArgumentException("CT operator: no ray meets the image - check detectorOffset (" + geometry.detectorOffset() +
				" mm) and imagePixel (" + geometry.imagePixel() + " mm).");
		}
	}

	/** Width of a detector pixel, seen at the rotation axis, in image pixels, rounded. */
	private static int raysPerDetector(final Geometry geometry) {
		final double magnification = geometry.beam() == Geometry.Beam.PARALLEL ? 1 : geometry.sourceToDetector() / geometry.sourceToOrigin();
		return (int) Math.max(1, Math.round(geometry.detectorPitch() / (magnification * geometry.imagePixel())));
	}

	/** Where a ray runs. */
	interface RaySource {

		/** The ray at angle {@code a} in radians to detector position {@code u} in mm. */
		Ray ray(double a, double u);
	}

	/** The operator that a geometry describes. */
	public static CtOperator of(final Geometry geometry, final int detectors, final int rows, final int columns) {
		return geometry.beam() == Geometry.Beam.PARALLEL ? new ParallelBeam(geometry, detectors, rows, columns)
			: new FanBeam(geometry, detectors, rows, columns);
	}

	/** How the scan was taken. */
	public Geometry geometry() {
		return geometry;
	}

	@Override
	public long[] imageShape() {
		return new long[] { 1, rows, columns };
	}

	@Override
	public long[] dataShape() {
		return new long[] { geometry.views(), detectors };
	}

	@Override
	public Tensor forward(final Tensor images) {
		Shapes.requireBatch("CtOperator.forward", "image", images, imageShape());
		return each(images, x -> meanOfGroups(projector.project(x)), dataShape());
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		Shapes.requireBatch("CtOperator.adjoint", "sinogram", data, dataShape());
		return each(data, y -> projector.backproject(spreadToGroups(y)), imageShape());
	}

	private float[] meanOfGroups(final float[] rays) {
		if (raysPerDetector == 1) return rays;
		final float[] data = new float[rays.length / raysPerDetector];
		for (int k = 0; k < rays.length; k++) data[k / raysPerDetector] += rays[k] / raysPerDetector;
		return data;
	}

	private float[] spreadToGroups(final float[] data) {
		if (raysPerDetector == 1) return data;
		final float[] rays = new float[data.length * raysPerDetector];
		for (int k = 0; k < rays.length; k++) rays[k] = data[k / raysPerDetector] / raysPerDetector;
		return rays;
	}

	private static Tensor each(final Tensor batch, final UnaryOperator<float[]> work, final long[] item) {
		return Scopes.keep(() -> {
			final List<Tensor> results = new ArrayList<>();
			for (long i = 0; i < batch.size(0); i++) {
				results.add(Tensors.of(work.apply(Tensors.toFloats(batch.select(0, i))), Shapes.batch(1, item)));
			}
			return Tensors.to(Tensors.concatenate(results), batch.device());
		});
	}

	@Override
	public synchronized double norm() {
		if (norm == 0) norm = PowerIteration.normOfPositive(this);
		return norm;
	}

	@Override
	public float[] normalSpectrum() {
		return BackprojectionSpectrum.of(geometry, rows, columns, norm());
	}

	/** All data: those whose rays miss the image were measured too, and have noise. */
	@Override
	public long measurements() {
		return (long) geometry.views() * detectors;
	}
}
