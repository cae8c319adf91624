package org.posteriorj.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Decision;
import org.posteriorj.physics.AdaptiveScan;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * How particles choose: the lines with the highest score per cost, so many at a time.
 *
 * @param score what a line is chosen by
 * @param batch lines per decision
 * @param costs what measuring each line costs, positive; empty if all cost the same
 */
public record LinePolicy(AcquisitionScore score, int batch, List<Double> costs) {

	public LinePolicy {
		if (batch < 1) throw new IllegalArgumentException("active subsampling: batch must be at least 1, got " + batch + ".");
		costs = List.copyOf(costs);
		for (final double cost : costs) {
			if (!(cost > 0 && Double.isFinite(cost))) throw new IllegalArgumentException("costs: expected positive numbers, got " + cost + ".");
		}
	}

	/** One line at a time, all of the same cost. */
	public static LinePolicy of(final AcquisitionScore score) {
		return new LinePolicy(score, 1, List.of());
	}

	/** Decisions that it takes to have {@code lines} lines of {@code measured}. */
	int decisions(final int lines, final int measured) {
		return Math.max(0, (lines - measured + batch - 1) / batch);
	}

	static int measured(final AdaptiveScan scan) {
		return (int) IntStream.range(0, scan.lines()).filter(scan::measured).count();
	}

	/** The lines that these scores choose, NaN for lines that cannot be: at most {@code count}, best first. */
	public List<Integer> choice(final List<Double> scores, final int count) {
		if (!costs.isEmpty() && costs.size() != scores.size()) {
			throw new IllegalArgumentException("costs: expected one for each of the " + scores.size() + " lines, got " + costs.size() + ".");
		}
		final boolean[] open = new boolean[scores.size()];
		for (int i = 0; i < open.length; i++) open[i] = !scores.get(i).isNaN();
		final double[] values = scores.stream().mapToDouble(v -> v).toArray();
		return LineChoice.best(values, open, IntStream.range(0, open.length).mapToDouble(i -> costs.isEmpty() ? 1 : costs.get(i)).toArray(), count);
	}

	/**
	 * The next lines by particles that are samples of the posterior, without measuring any.
	 *
	 * @param particles [N, C, H, W], at least two
	 * @param count lines wanted
	 */
	public Decision next(final AdaptiveScan scan, final Tensor particles, final int count) {
		return Scopes.compute(() -> decision(scan, particles, scan.predict(particles), 0, 0, count));
	}

	/** Chooses the next lines and measures them; what is told then is {@link Decision#measured}. */
	void decide(final AdaptiveScan scan, final Tensor particles, final int lines, final long step, final double sigma, final ActiveSampler.Listener listener) {
		Scopes.run(() -> {
			final Tensor predicted = scan.predict(particles);
			final Decision decision = decision(scan, particles, predicted, step, sigma, Math.min(batch, lines - measured(scan)));
			if (decision.lines().isEmpty()) return;
			scan.measure(decision.lines());
			listener.decided(decision.measured(surprise(predicted, scan, decision.lines())), particles);
		});
	}

	private Decision decision(final AdaptiveScan scan, final Tensor particles, final Tensor predicted, final long step, final double sigma, final int count) {
		final boolean[] open = new boolean[scan.lines()];
		for (int i = 0; i < open.length; i++) open[i] = scan.open(i);
		final double[][][] distances = AcquisitionScore.distances(predicted);
		final double[][] variances = AcquisitionScore.variances(predicted);
		final double noise = scan.data().sigma(), width = AcquisitionScore.width(distances, open, noise), floor = noise * noise * predicted.size(2);
		final List<Double> scores = IntStream.range(0, open.length).mapToObj(i -> open[i] ? score.of(distances[i], variances[i], width, noise(scan, i, noise, sigma)) : Double.NaN).toList();
		final List<Integer> lines = choice(scores, count);
		final long n = particles.size(0), pixels = particles.size(2) * particles.size(3);
		final double variance = Tensors.squaredNorm(particles.sub(particles.mean(0)).unsqueeze(0))[0] / (n - 1) / pixels;
		final double told = lines.stream().mapToDouble(line -> {
			final double signal = AcquisitionScore.total(distances[line]) / (2.0 * n * (n - 1));
			return signal > 0 ? signal * signal / (signal + floor) / scan.gain(line) : 0;
		}).sum();
		return new Decision(step, sigma, lines, scores, Math.sqrt(variance), Math.sqrt(Math.max(0, variance - told / pixels)), Double.NaN);
	}

	/**
	 * The noise of a value. Particles are spread as if the data had noise of {@code sigma} in the image besides, which the information
	 * would take for something to learn.
	 */
	private double noise(final AdaptiveScan scan, final int line, final double noise, final double sigma) {
		return score == AcquisitionScore.INFORMATION ? Math.hypot(noise, sigma * Math.sqrt(scan.gain(line))) : noise;
	}

	/** {@code |y - mean|^2 / ((1 + 1/N) var + noise)}, sums over the lines. */
	private static double surprise(final Tensor predicted, final AdaptiveScan scan, final List<Integer> lines) {
		final long n = predicted.size(0);
		final double sigma = scan.data().sigma(), noise = sigma * sigma * predicted.size(2);
		final double[][] pairs = lines.stream().map(line -> {
			final Tensor p = predicted.select(1, line), mean = p.mean(0);
			final double found = Tensors.squaredNorm(scan.values(line).sub(mean).unsqueeze(0))[0];
			return new double[] { found, (1 + 1.0 / n) * Tensors.squaredNorm(p.sub(mean).unsqueeze(0))[0] / (n - 1) + noise };
		}).toArray(double[][]::new);
		return Arrays.stream(pairs).mapToDouble(p -> p[0]).sum() / Arrays.stream(pairs).mapToDouble(p -> p[1]).sum();
	}
}
