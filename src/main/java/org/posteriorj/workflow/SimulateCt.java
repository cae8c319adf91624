package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Hounsfield;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.physics.ct.PhotonNoise;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Image or volume to a CT scan of any dose: line integrals of the attenuation, with the noise of counted photons. */
public final class SimulateCt {

	private static final double SQUARE = 1e-3;
	private static final double PERCENTILE = 0.99;

	private final SimulateCtSettings settings;

	public SimulateCt(final SimulateCtSettings settings) {
		this.settings = settings;
	}

	/** Simulates every slice with the same geometry. */
	public SimulatedCt run(final Volume image, final Monitor monitor) {
		if (image.channels() != 1) throw new IllegalArgumentException("simulate CT: the image is complex, expected real values - take its magnitude.");
		final VoxelSize voxel = image.voxel();
		if (Math.abs(voxel.x() / voxel.y() - 1) > SQUARE) {
			throw new IllegalArgumentException(String.format(Locale.ROOT, "simulate CT: pixels must be square, got %.4g x %.4g mm - resample with Image > Scale.",
				voxel.x(), voxel.y()));
		}
		final double diagonal = Math.hypot(image.width(), image.height()) * voxel.x();
		final Geometry geometry = settings.geometry(diagonal, voxel.x());
		final int detectors = settings.detectors(geometry, diagonal);
		final CtOperator operator = CtOperator.of(geometry, detectors, image.height(), image.width());
		final List<float[]> attenuation = attenuation(image), slices = new ArrayList<>();
		for (int z = 0; z < image.depth(); z++) {
			final float[] mu = attenuation.get(z);
			final float[] integrals = Scopes.compute(() -> Tensors.toFloats(operator.forward(Tensors.of(mu, 1, 1, image.height(), image.width()))));
			slices.add(settings.photons() > 0 ? new PhotonNoise(settings.photons(), 0).simulate(integrals, settings.seed(), z) : integrals);
			monitor.advance(z + 1L, image.depth(), "simulated slices");
		}
		final Volume reference = new Volume("Reference of " + image.title(), image.width(), image.height(), 1, attenuation, voxel, "1/mm");
		return new SimulatedCt(new Sinogram("Sinogram of " + image.title(), settings.views(), detectors, slices, geometry, voxel.z(), reading(geometry)), reference);
	}

	private List<String> reading(final Geometry geometry) {
		return List.of("simulated: line integrals of the image, linear between its pixels, " + geometry.beam().key() + " beam, " + settings.views() + " views",
			settings.photons() > 0 ? String.format(Locale.ROOT, "noise: %.6g photons per ray, seed %d", settings.photons(), settings.seed()) : "noise: none");
	}

	/** Attenuation in 1/mm of the image's values; none is negative. */
	private List<float[]> attenuation(final Volume image) {
		final Hounsfield scale = Hounsfield.AT_70_KEV;
		if (settings.unit().equals("HU")) {
			requireHounsfield(image);
			return image.slices().stream().map(scale::attenuation).toList();
		}
		final double factor = settings.unit().equals("1/mm") ? 1 : scale.water() / percentile(image);
		return image.slices().stream().map(slice -> {
			final float[] mu = new float[slice.length];
			for (int i = 0; i < mu.length; i++) mu[i] = (float) Math.max(0, factor * slice[i]);
			return mu;
		}).toList();
	}

	/** In HU a value above 100 everywhere has no air, and one below 10 everywhere no tissue: another unit. */
	private static void requireHounsfield(final Volume image) {
		float low = Float.MAX_VALUE, high = -Float.MAX_VALUE;
		for (final float[] slice : image.slices()) for (final float v : slice) {
			low = Math.min(low, v);
			high = Math.max(high, v);
		}
		if (low >= 0 && high <= 10 || low > 100) {
			throw new IllegalArgumentException(String.format(Locale.ROOT, "unit: the image runs from %.4g to %.4g, which is not HU (air is -1000) - choose 1/mm or " +
				"Grey values.", low, high));
		}
	}

	private static double percentile(final Volume image) {
		final float[] values = image.slices().get(image.depth() / 2).clone();
		Arrays.sort(values);
		final double value = values[(int) (PERCENTILE * (values.length - 1))];
		if (value > 0) return value;
		throw new IllegalArgumentException("unit: the image's middle slice has a 99th percentile of " + value + ", expected above 0 - is it empty?");
	}
}
