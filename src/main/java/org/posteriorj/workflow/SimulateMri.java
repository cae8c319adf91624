package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Image or volume to a noisy, undersampled multi-coil scan. */
public final class SimulateMri {

	private final SimulateMriSettings settings;

	public SimulateMri(final SimulateMriSettings settings) {
		this.settings = settings;
	}

	/** Simulates every slice with the same coils and mask; the noise is independent and equal in all coils. */
	public SimulatedScan run(final Volume image, final Monitor monitor) {
		final int rows = image.height(), columns = image.width(), coils = settings.coils();
		Options.range("acs", settings.acs(), 0, rows);
		final boolean[] mask = mask(rows, columns);
		final float[] maps = CoilSimulation.maps(coils, rows, columns, settings.seed());
		final double[] phase = settings.phase() && image.channels() == 1 ? CoilSimulation.phase(rows, columns, settings.seed()) : new double[rows * columns];
		final double sigma = settings.noise() * percentile(image.magnitude());
		final List<float[]> reference = new ArrayList<>(), kspace = new ArrayList<>();
		for (int z = 0; z < image.depth(); z++) {
			final float[] slice = complex(image, z, phase);
			reference.add(slice);
			kspace.add(measure(slice, maps, mask, rows, columns, sigma, z));
			monitor.advance(z + 1, image.depth(), "scanning");
		}
		final List<boolean[]> masks = java.util.Collections.nCopies(image.depth(), mask);
		final List<String> reading = List.of("simulated: " + coils + " coils of '" + image.title() + "', " + settings.mask() + ", " + settings.acs() + " ACS lines",
			String.format(Locale.ROOT, "noise: %.4g per real component", sigma));
		return new SimulatedScan(new KSpace("K-space of " + image.title(), coils, rows, columns, kspace, masks, image.voxel(), null, reading), new Volume(
			"Reference of " + image.title(), columns, rows, 2, reference, image.voxel(), image.unit()));
	}

	private boolean[] mask(final int rows, final int columns) {
		final SamplingMask mask = new SamplingMask(rows, columns, settings.acceleration(), settings.acs());
		return switch (settings.mask()) {
			case "Equispaced" -> mask.equispaced();
			case "Random" -> mask.random(settings.seed());
			case "Variable density" -> mask.variableDensity(settings.seed());
			case "Poisson disk" -> mask.poissonDisk(settings.seed());
			default -> mask.full();
		};
	}

	private float[] measure(final float[] slice, final float[] maps, final boolean[] mask, final int rows, final int columns, final double sigma,
		final int z)
	{
		final int coils = settings.coils();
		final float[] sampled = new float[mask.length];
		for (int i = 0; i < mask.length; i++) sampled[i] = mask[i] ? 1 : 0;
		return Scopes.compute(() -> {
			final Tensor m = Tensors.of(sampled, rows, columns);
			try (SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, coils, rows, columns, 2)), m)) {
				final Tensor noise = SampleRandom.single(settings.seed(), z).normal(coils, rows, columns, 2);
				final Tensor y = Tensors.add(operator.forward(Tensors.of(slice, 1, 2, rows, columns)), sigma, noise);
				return Tensors.toFloats(y.mul(m.reshape(1, 1, rows, columns, 1)));
			}
		});
	}

	/** A complex slice as it is, a real one with the phase. */
	private static float[] complex(final Volume image, final int z, final double[] phase) {
		final float[] slice = image.slices().get(z);
		if (image.channels() == 2) return slice;
		final float[] complex = new float[2 * slice.length];
		for (int i = 0; i < slice.length; i++) {
			complex[i] = (float) (slice[i] * Math.cos(phase[i]));
			complex[slice.length + i] = (float) (slice[i] * Math.sin(phase[i]));
		}
		return complex;
	}

	private static double percentile(final Volume magnitude) {
		final int n = magnitude.width() * magnitude.height();
		final float[] all = new float[n * magnitude.depth()];
		for (int z = 0; z < magnitude.depth(); z++) System.arraycopy(magnitude.slices().get(z), 0, all, z * n, n);
		Arrays.sort(all);
		final float value = all[(int) (0.99 * (all.length - 1))];
		if (!(value > 0)) throw new IllegalArgumentException("image '" + magnitude.title() + "' is empty - choose an image with some signal.");
		return value;
	}
}
