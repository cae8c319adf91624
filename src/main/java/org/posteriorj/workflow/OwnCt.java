package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.physics.MatrixOperator;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A Gaussian field measured as a user's CT scan was: its geometry, and the noise of its rays in units in which a disk of 1 gives line
 * integrals like those measured. Larger scans get fewer and larger pixels, detector pixels and views over the same field of view.
 */
final class OwnCt implements KnownPosterior.Problem {

	private final Sinogram scan;
	private final int slice;
	private final int side;

	/** @param side of a square image that can be tested in the time there is */
	OwnCt(final Sinogram scan, final int side) {
		this.scan = scan;
		slice = scan.depth() / 2;
		this.side = side;
	}

	@Override
	public String name() {
		return "this scan";
	}

	@Override
	public void open(final KnownPosterior.Request request, final Consumer<KnownPosterior> use) {
		final int all = CtPreparation.size(scan, 0), size = Math.min(side, all);
		final CoarseCt coarse = CoarseCt.of(scan, slice, 2 * side, 2 * side);
		final Sinogram part = coarse.scan();
		final Geometry geometry = part.geometry().withImagePixel(scan.geometry().imagePixel() * all / size);
		final CtNoise noise = CtNoise.of(new Sinogram(scan.title(), scan.views(), scan.detectors(), List.of(scan.slices().get(slice)), scan.geometry(), scan
			.sliceDistance(), scan.reading()), 0);
		final ComputeDevice device = request.device();
		Scopes.run(() -> {
			// NB: as a matrix, for projections of images as small as these cost less than their bookkeeping
			final LinearOperator operator = new MatrixOperator(CtOperator.of(geometry, part.detectors(), size, size));
			final Tensor ones = operator.forward(Tensors.of(filled(size * size), 1, 1, size, size));
			final double unit = Math.sqrt(squares(part.slices().get(0)) / Tensors.squaredNorm(ones)[0]);
			if (!(unit > 0)) throw new IllegalArgumentException("self-test: sinogram '" + scan.title() + "' is empty in its middle slice - is it the right file?");
			final double sigma = noise.sigma() / Math.sqrt(coarse.detectorsTogether()) / unit;
			request.record().fact(name(), String.format(Locale.ROOT, "a Gaussian field measured as slice %d of '%s': %d x %d pixels of %.4g mm (scan: %.4g), %d of %d views, " +
				"%d detector pixels, each of %d together, %s", slice + 1, scan.title(), size, size, geometry.imagePixel(), scan.geometry().imagePixel(), part.views(), scan
					.views(), part.detectors(), coarse.detectorsTogether(), noise.description()));
			final GaussianFieldPrior prior = BuiltInProblems.field(1, size, size);
			final SampleRandom random = request.truth(200);
			final Tensor truth = prior.colour(random.normal(1, size, size)), weights = weights(noise, coarse, scan.detectors(), device);
			final Tensor errors = random.normal(operator.dataShape()), scaled = weights == null ? errors : errors.div(weights.sqrt());
			final Tensor data = Tensors.add(operator.forward(truth), sigma, scaled);
			use.accept(KnownPosterior.of(prior, new DataConsistency(operator, data, sigma, weights), truth, request));
		});
	}

	/** The variance of a mean of rays is the mean of theirs over how many they are. */
	private static Tensor weights(final CtNoise noise, final CoarseCt coarse, final int detectors, final ComputeDevice device) {
		if (noise.weights() == null) return null;
		final float[] variances = noise.weights().get(0).clone();
		for (int i = 0; i < variances.length; i++) variances[i] = 1 / variances[i];
		final float[] weights = coarse.mean(variances, detectors);
		for (int i = 0; i < weights.length; i++) weights[i] = 1 / weights[i];
		return device.place(Tensors.of(weights, 1, coarse.scan().views(), coarse.scan().detectors()));
	}

	private static float[] filled(final int n) {
		final float[] ones = new float[n];
		Arrays.fill(ones, 1);
		return ones;
	}

	private static double squares(final float[] values) {
		double sum = 0;
		for (final float v : values) sum += (double) v * v;
		return sum;
	}
}
