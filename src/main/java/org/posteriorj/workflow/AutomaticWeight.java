package org.posteriorj.workflow;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.TotalVariation;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The weight of total variation whose image explains the data to their noise, {@code chi-square = 1} (Morozov's discrepancy
 * principle).
 * <p>
 * Data that no image explains so well, because the geometry is a little off, must be explained 15 % worse than a nearly
 * unregularised image does.
 */
final class AutomaticWeight {

	private static final int ITERATIONS = 10;
	private static final int TRIALS = 6;
	private static final double SLACK = 1.15;
	/** The first weight is this part of one over the mean difference of neighbouring pixels. */
	private static final double FIRST = 0.1;
	private static final double CLOSE = 0.05;

	private AutomaticWeight() {}

	/** The weight in mm for slice {@code z}. */
	static double find(final CtProblem problem, final int z) {
		return Scopes.compute(() -> {
			final DataConsistency likelihood = problem.likelihood(z);
			final Tensor fbp = Tensors.of(problem.fbp(z), 1, 1, problem.size(), problem.size());
			final double mean = Differences.magnitude(Differences.IN_PLANE.forward(fbp)).mean().item_double();
			if (!(mean > 0)) return 1.0;
			double low = FIRST / mean, lowChi = chi(likelihood, fbp, low);
			final double goal = Math.max(1, SLACK * lowChi);
			double high = low, highChi = lowChi;
			for (int i = 0; i < TRIALS && highChi < goal; i++) {
				low = high;
				lowChi = highChi;
				high *= 4;
				highChi = chi(likelihood, fbp, high);
			}
			// chi-square rises like a power of the weight
			for (int i = 0; i < TRIALS && highChi > goal && lowChi < goal; i++) {
				final double part = Math.log(goal / lowChi) / Math.log(highChi / lowChi);
				final double middle = low * Math.pow(high / low, Math.min(0.9, Math.max(0.1, part))), chi = chi(likelihood, fbp, middle);
				if (Math.abs(chi / goal - 1) < CLOSE) return middle;
				if (chi < goal) {
					low = middle;
					lowChi = chi;
				}
				else {
					high = middle;
					highChi = chi;
				}
			}
			return low;
		});
	}

	private static double chi(final DataConsistency likelihood, final Tensor start, final double lambda) {
		return Scopes.compute(() -> likelihood.chiSquare(new TotalVariation(likelihood, Differences.IN_PLANE, lambda).solve(start, ITERATIONS,
			Progress.NONE))[0]);
	}
}
