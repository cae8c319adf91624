package org.posteriorj.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import org.posteriorj.data.Progress;
import org.posteriorj.physics.mri.LineScan;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Noisy k-space of single-coil images, of a Gaussian field or of one of two textures, with values only where asked for; and how lines of it are chosen. */
record SingleCoilTruth(float[] image, float[] kspace, int size) {

	static final int SIZE = 64;
	static final double SIGMA = 0.02;

	static final GaussianFieldPrior FIELD = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 6.0 / SIZE, 2));

	static SingleCoilTruth field(final long seed) {
		return of(Scopes.compute(() -> Tensors.toFloats(FIELD.colour(SampleRandom.single(seed, 0).normal(2, SIZE, SIZE)))), SIZE, seed);
	}

	/** A smooth background and a texture of 3 pixels whose waves run at an angle to the readout. */
	private static Spectrum texture(final double degrees) {
		final double y = 0.33 * Math.sin(Math.toRadians(degrees)), x = 0.33 * Math.cos(Math.toRadians(degrees)), width = 0.04;
		return Spectrum.of((ky, kx) -> {
			final double side = Math.min(Math.hypot(ky - y, kx - x), Math.hypot(ky + y, kx + x)) / width;
			return 0.01 + 4 / Math.pow(1 + (ky * ky + kx * kx) / (0.03 * 0.03), 2) + 3 * Math.exp(-side * side / 2);
		});
	}

	static final List<Spectrum> TEXTURES = List.of(texture(65), texture(25));
	static final GaussianMixturePrior MIXTURE = new GaussianMixturePrior(2, SIZE, SIZE, TEXTURES.stream().map(
		s -> new GaussianMixturePrior.Component(1, new float[2 * SIZE * SIZE], s)).toList());

	static SingleCoilTruth texture(final int component, final long seed) {
		final GaussianFieldPrior field = new GaussianFieldPrior("texture", 2, TEXTURES.get(component));
		return of(Scopes.compute(() -> Tensors.toFloats(field.colour(SampleRandom.single(seed, 0).normal(2, SIZE, SIZE)))), SIZE, seed);
	}

	static SingleCoilTruth of(final float[] image, final int size, final long seed) {
		return new SingleCoilTruth(image, Scopes.compute(() -> {
			final var clean = Complex.toPairs(Fourier.forward(Complex.fromChannels(Tensors.of(image, 1, 2, size, size)))).squeeze(0);
			return Tensors.toFloats(Tensors.add(clean, SIGMA, SampleRandom.single(seed, 5).normal(size, size, 2).squeeze(0)));
		}), size);
	}

	LineScan scan(final Integer... first) {
		final LineScan scan = Scopes.compute(() -> new LineScan(Complex.fromPairs(Tensors.of(pairs(size), 1, size, size, 2)), all(size), all(size),
			line -> Arrays.copyOfRange(kspace, 2 * size * line, 2 * size * (line + 1)), SIGMA));
		scan.measure(List.of(first));
		return scan;
	}

	/** Everything but these lines is not a number. */
	SingleCoilTruth poisoned(final List<Integer> except) {
		final float[] values = kspace.clone();
		for (int i = 0; i < values.length; i++) if (!except.contains(i / (2 * size))) values[i] = Float.NaN;
		return new SingleCoilTruth(image, values, size);
	}

	static float[] pairs(final int size) {
		final float[] one = new float[2 * size * size];
		for (int i = 0; i < one.length; i += 2) one[i] = 1;
		return one;
	}

	static boolean[] all(final int n) {
		final boolean[] all = new boolean[n];
		Arrays.fill(all, true);
		return all;
	}

	static SampleRandom random(final long seed, final int particles) {
		return new SampleRandom(seed, LongStream.range(0, particles).toArray(), 0);
	}

	static ActiveSubsampling active(final int lines, final int batch, final AcquisitionScore score, final int rounds) {
		return new ActiveSubsampling(ActiveSubsampling.Options.of(lines, new LinePolicy(score, batch, List.of()), rounds));
	}

	/** The order of lines measured. */
	static List<Integer> order(final DiffusionPrior prior, final SingleCoilTruth truth, final ActiveSubsampling active, final int particles) {
		try (LineScan scan = truth.scan(truth.size() / 2)) {
			Scopes.run(() -> active.run(prior, scan, 0, random(3, particles), Progress.NONE, (decision, images) -> {}));
			return scan.order();
		}
	}
}
