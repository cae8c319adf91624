package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.quality.ResidualStatistic;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * What images leave of the data: {@code (A x - y) sqrt(w) / sigma} for every ray, one picture [view][detector] per slice.
 *
 * @param picture in units of the noise
 * @param statistic chi-square of all rays with the interval that noise alone would give
 */
record CtResiduals(Volume picture, ResidualStatistic statistic) {

	/** Of images in 1/mm, one per slice. */
	static CtResiduals of(final CtProblem problem, final List<float[]> images) {
		final int n = problem.size(), views = problem.scan().views(), detectors = problem.scan().detectors();
		final CtNoise noise = problem.noise();
		final List<float[]> slices = new ArrayList<>();
		double squares = 0;
		for (int z = 0; z < images.size(); z++) {
			final float[] image = images.get(z), data = problem.scan().slices().get(z);
			final float[] residual = Scopes.compute(() -> Tensors.toFloats(problem.operator().forward(Tensors.of(image, 1, 1, n, n))));
			for (int i = 0; i < residual.length; i++) {
				final double root = noise.weights() == null ? 1 : Math.sqrt(noise.weights().get(z)[i]);
				residual[i] = (float) ((residual[i] - data[i]) * root / noise.sigma());
				squares += (double) residual[i] * residual[i];
			}
			slices.add(residual);
		}
		final Volume picture = new Volume("Data residual", detectors, views, 1, slices, new VoxelSize(1, 1, problem.scan().sliceDistance()), "sigma");
		return new CtResiduals(picture, ResidualStatistic.of(squares, (long) images.size() * views * detectors, 1));
	}

	/** Mean chi-square of the samples of a posterior, which has the noise's mean whatever the prior adds. */
	static double ofSamples(final CtProblem problem, final List<List<float[]>> samples) {
		return samples.stream().mapToDouble(sample -> of(problem, sample).statistic().value()).average().orElse(Double.NaN);
	}

	/** The statistic with its interval. */
	String text() {
		return String.format(Locale.ROOT, "%.4f (noise alone: %.4f to %.4f)", statistic.value(), statistic.low(), statistic.high());
	}
}
