package org.posteriorj.physics.mri;

import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.physics.DensityCompensation;
import org.posteriorj.physics.Nufft;
import org.posteriorj.physics.ToeplitzNormal;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The centre of k-space on the Cartesian grid from samples along a trajectory, for coil maps: a small image of the same field of
 * view is fitted to the samples near the centre, and its transform is what a Cartesian scan would have measured there.
 */
public final class CentreOfKSpace {

	/** Sides of the small image and of what is kept of its transform; the fit is off at the rim. */
	private static final int IMAGE = 32, KEPT = 24;
	private static final int ITERATIONS = 20;
	/** Largest distance of a grid point to the next sample where k-space is fully sampled: half a diagonal, and some jitter. */
	private static final double NEAR = 0.75;

	private final int rows;
	private final int columns;
	private final int[] points;
	private final Trajectory centre;

	/**
	 * @param trajectory in cycles per field of view
	 * @param rows rows of the image
	 * @param columns columns of the image
	 */
	public CentreOfKSpace(final Trajectory trajectory, final int rows, final int columns) {
		this.rows = rows;
		this.columns = columns;
		final double[] ky = trajectory.ky(), kx = trajectory.kx();
		final double edge = (IMAGE + KEPT) / 4.0;
		points = IntStream.range(0, ky.length).filter(i -> Math.max(Math.abs(ky[i]), Math.abs(kx[i])) <= edge).toArray();
		centre = points.length == 0 ? null : new Trajectory(1, points.length, IntStream.of(points).mapToDouble(i -> ky[i]).toArray(), IntStream.of(points)
			.mapToDouble(i -> kx[i]).toArray());
	}

	/** Grid points [row][column] of the centre that are fully sampled. */
	public boolean[] mask() {
		final boolean[] mask = new boolean[rows * columns];
		if (centre == null) return mask;
		final double[] ky = centre.ky(), kx = centre.kx();
		final int down = Math.min(KEPT, rows) / 2, across = Math.min(KEPT, columns) / 2;
		for (int r = -down; r < down; r++) for (int c = -across; c < across; c++) {
			for (int i = 0; i < ky.length; i++) {
				if (Math.hypot(ky[i] - r, kx[i] - c) <= NEAR) {
					mask[(r + rows / 2) * columns + c + columns / 2] = true;
					break;
				}
			}
		}
		return mask;
	}

	/**
	 * Samples [coils, shots, samples, 2] to k-space [coils, H, W, 2], zero outside of the centre; scaled as the transform of the small image.
	 *
	 * @throws IllegalArgumentException if no sample is near the centre
	 */
	public Tensor kspace(final Tensor samples) {
		if (centre == null) {
			throw new IllegalArgumentException("coil maps: the trajectory has no sample near the centre of k-space, expected some within " + (IMAGE + KEPT) / 4 +
				" cycles per field of view - are its units right?");
		}
		final long coils = samples.size(0);
		return Scopes.keep(() -> {
			final Tensor near = Complex.fromPairs(samples.reshape(coils, -1, 2).index_select(1, Tensors.ofLongs(IntStream.of(points).asLongStream().toArray(),
				points.length)));
			final float[] weights = DensityCompensation.weights(centre, IMAGE, IMAGE);
			try (Nufft nufft = new Nufft(centre, IMAGE, IMAGE, Nufft.Accuracy.STANDARD); ToeplitzNormal normal = new ToeplitzNormal(centre, weights, IMAGE,
				IMAGE))
			{
				final Tensor right = Complex.toChannels(nufft.adjoint(near.mul(Tensors.of(weights, 1, points.length))));
				final Tensor image = new ConjugateGradient(ITERATIONS, 1e-4).solve(x -> Complex.toChannels(normal.apply(Complex.fromChannels(x))), right,
					Tensors.scale(right, 0));
				return Complex.toPairs(placed(Fourier.forward(Complex.fromChannels(image))));
			}
		});
	}

	/** The middle of a small k-space in the middle of an empty large one. */
	private Tensor placed(final Tensor small) {
		final long height = Math.min(KEPT, rows), width = Math.min(KEPT, columns);
		final Tensor kept = small.narrow(1, IMAGE / 2 - height / 2, height).narrow(2, IMAGE / 2 - width / 2, width);
		final long top = rows / 2 - height / 2, left = columns / 2 - width / 2;
		return torch.constant_pad_nd(kept, new long[] { left, columns - width - left, top, rows - height - top });
	}
}
