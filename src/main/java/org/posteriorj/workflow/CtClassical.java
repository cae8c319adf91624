package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Digits;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.TotalVariation;
import org.posteriorj.physics.ct.Sirt;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The reconstructions of CT without a prior network. */
final class CtClassical {

	private CtClassical() {}

	/** Filtered backprojection. */
	static List<float[]> fbp(final CtProblem problem, final Progress progress) {
		final List<float[]> images = new ArrayList<>();
		for (int z = 0; z < problem.scan().depth(); z++) {
			images.add(problem.fbp(z));
			progress.advance(z + 1L, problem.scan().depth(), "FBP");
		}
		return images;
	}

	/** SIRT from an empty image, without negative values. */
	static List<float[]> sirt(final CtProblem problem, final int iterations, final Progress progress) {
		final int n = problem.size(), depth = problem.scan().depth();
		final List<float[]> images = new ArrayList<>();
		try (Sirt sirt = new Sirt(problem.operator())) {
			for (int z = 0; z < depth; z++) {
				final int slice = z;
				images.add(Scopes.compute(() -> Tensors.toFloats(sirt.reconstruct(problem.data(slice, slice + 1), Tensors.zeros(1, 1, n, n), iterations, true, part(progress, slice, depth)))));
			}
		}
		return images;
	}

	/** Total variation in plane, its weight {@code factor} times the automatic one, the same for all slices. */
	static List<float[]> totalVariation(final CtProblem problem, final double factor, final int iterations, final RunRecord record,
		final Progress progress)
	{
		final int n = problem.size(), depth = problem.scan().depth();
		final double lambda = factor * AutomaticWeight.find(problem, depth / 2);
		record.fact("TV weight", Digits.of(lambda, 4) + " mm (" + Digits.of(factor, 4) + " times the automatic one)");
		final List<float[]> images = new ArrayList<>();
		for (int z = 0; z < depth; z++) {
			final int slice = z;
			images.add(Scopes.compute(() -> {
				final Tensor start = Tensors.of(problem.fbp(slice), 1, 1, n, n);
				return Tensors.toFloats(new TotalVariation(problem.likelihood(slice), Differences.IN_PLANE, lambda).solve(start, iterations, part(
					progress, slice, depth)));
			}));
		}
		return images;
	}

	/** Progress of slice {@code z} of {@code depth} as part of the whole. */
	private static Progress part(final Progress progress, final int z, final int depth) {
		return (done, total, message) -> progress.step(z * total + done, depth * total, message);
	}
}
