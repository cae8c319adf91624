package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.Volume;
import org.posteriorj.physics.Nufft;
import org.posteriorj.physics.mri.CoilOperator;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.NonCartesianSense;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.physics.mri.Trajectories;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Image or volume to a noisy, undersampled multi-coil scan. */
public final class SimulateMri {

	/** Shots of a spiral scan unless told otherwise. */
	private static final int INTERLEAVES = 8;

	private final SimulateMriSettings settings;

	public SimulateMri(final SimulateMriSettings settings) {
		this.settings = settings;
	}

	/** Simulates every slice with the same coils and samples; the noise is independent and equal in all coils. */
	public SimulatedScan run(final Volume image, final Monitor monitor) {
		final int rows = image.height(), columns = image.width();
		Options.range("acs", settings.acs(), 0, rows);
		final double[] phase = settings.phase() && image.channels() == 1 ? CoilSimulation.phase(rows, columns, settings.seed()) : new double[rows * columns];
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < image.depth(); z++) slices.add(complex(image, z, phase));
		final double sigma = settings.noise() * percentile(image.magnitude());
		final Volume reference = new Volume("Reference of " + image.title(), columns, rows, 2, slices, image.voxel(), image.unit());
		return new SimulatedScan(settings.cartesian() ? grid(reference, image.title(), sigma, monitor) : path(reference, image.title(), sigma, monitor), reference);
	}

	private KSpace grid(final Volume image, final String title, final double sigma, final Monitor monitor) {
		final int rows = image.height(), columns = image.width();
		final boolean[] mask = mask(rows, columns);
		final List<float[]> kspace = measure(image, sigma, maps -> new SenseOperator(maps, Tensors.of(KSpace.ones(mask), rows, columns)), monitor);
		for (final float[] slice : kspace) for (int i = 0; i < slice.length; i++) if (!mask[i / 2 % mask.length]) slice[i] = 0;
		return new KSpace("K-space of " + title, settings.coils(), rows, columns, kspace, java.util.Collections.nCopies(image.depth(), mask), image.voxel(), null,
			reading(title, settings.mask() + ", " + settings.acs() + " ACS lines", sigma));
	}

	private NonCartesianKSpace path(final Volume image, final String title, final double sigma, final Monitor monitor) {
		final Trajectory path = trajectory(image.height(), image.width());
		final List<float[]> kspace = measure(image, sigma, maps -> new NonCartesianSense(maps, path, Nufft.Accuracy.ACCURATE), monitor);
		return new NonCartesianKSpace("K-space of " + title, settings.coils(), image.height(), image.width(), kspace, java.util.Collections.nCopies(image.depth(),
			path), image.voxel(), null, reading(title, settings.trajectory() + ", " + path.shots() + " shots of " + path.samples() + " samples", sigma));
	}

	private List<String> reading(final String title, final String samples, final double sigma) {
		return List.of("simulated: " + settings.coils() + " coils of '" + title + "', " + samples, String.format(Locale.ROOT, "noise: %.4g per real component",
			sigma));
	}

	/** In cycles per field of view, along both axes to the edge of what the image can hold. */
	private Trajectory trajectory(final int rows, final int columns) {
		final int size = Math.max(rows, columns);
		final int spokes = settings.spokes() > 0 ? settings.spokes() : (int) Math.max(1, Math.round(rows / settings.acceleration()));
		final Trajectory square = switch (settings.trajectory()) {
			case "radial" -> Trajectories.radial(spokes, 2 * size, size);
			case "golden-angle" -> Trajectories.goldenAngle(spokes, 2 * size, size);
			default -> Trajectories.denseCentreSpiral(settings.spokes() > 0 ? settings.spokes() : INTERLEAVES, settings.acs(), settings.acceleration(), size);
		};
		return square.scaled((double) rows / size, (double) columns / size).rounded();
	}

	/** The points of the grid that are measured. */
	boolean[] mask(final int rows, final int columns) {
		final SamplingMask mask = new SamplingMask(rows, columns, settings.acceleration(), settings.acs());
		return switch (settings.mask()) {
			case "Equispaced" -> mask.equispaced();
			case "Random" -> mask.random(settings.seed());
			case "Variable density" -> mask.variableDensity(settings.seed());
			case "Poisson disk" -> mask.poissonDisk(settings.seed());
			default -> mask.full();
		};
	}

	private List<float[]> measure(final Volume image, final double sigma, final Function<Tensor, CoilOperator> operators, final Monitor monitor) {
		final int rows = image.height(), columns = image.width(), coils = settings.coils();
		final float[] maps = CoilSimulation.maps(coils, rows, columns, settings.seed());
		final List<float[]> kspace = new ArrayList<>();
		Scopes.run(() -> {
			try (CoilOperator operator = operators.apply(Complex.fromPairs(Tensors.of(maps, coils, rows, columns, 2)))) {
				for (int z = 0; z < image.depth(); z++) {
					final int now = z;
					kspace.add(Scopes.compute(() -> {
						final Tensor noise = SampleRandom.single(settings.seed(), now).normal(operator.dataShape());
						return Tensors.toFloats(Tensors.add(operator.forward(Tensors.of(image.slices().get(now), 1, 2, rows, columns)), sigma, noise));
					}));
					monitor.advance(z + 1, image.depth(), "scanning");
				}
			}
		});
		return kspace;
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
