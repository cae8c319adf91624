package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Decision;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Volume;
import org.posteriorj.sampler.ActiveSubsampling;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Keeps the decisions of a plan and the particles of the last one, in the units of the data, and shows both as they come. */
final class PlannedParticles implements ActiveSubsampling.Listener {

	private final KSpace kspace;
	private final int first;
	private final Monitor monitor;
	private final List<Decision> decisions = new ArrayList<>();
	private List<float[]> images = List.of();
	private double scale;
	private float[] gain;

	/** @param first lines measured before the first decision */
	PlannedParticles(final KSpace kspace, final int first, final Monitor monitor) {
		this.kspace = kspace;
		this.first = first;
		this.monitor = monitor;
	}

	/** What particles are multiplied with: the intensity of 1 in prior units, and units of the data per whitened unit. */
	void units(final double whitenedScale, final float[] sliceGain) {
		scale = whitenedScale;
		gain = sliceGain;
	}

	@Override
	public void decided(final Decision decision, final Tensor particles) {
		decisions.add(decision);
		final List<float[]> now = new ArrayList<>();
		for (long k = 0; k < particles.size(0); k++) {
			final float[] image = Tensors.toFloats(Tensors.items(particles, k, k + 1));
			for (int i = 0; i < image.length; i++) image[i] *= (float) (scale * gain[i % gain.length]);
			now.add(image);
		}
		images = now;
		monitor.preview(volume("Running mean", 2, moments().mean()));
		if (decisions.size() > 1) monitor.chart(AcquisitionPlan.chart(first, decisions));
	}

	/** Decisions so far, in order. */
	List<Decision> decisions() {
		return decisions;
	}

	private Moments moments() {
		final Moments moments = new Moments(2, gain.length);
		for (final float[] image : images) moments.add(image, 1);
		return moments;
	}

	/** The particles as they are. */
	Posterior posterior() {
		return new Posterior(volume("Mean", 2, moments().mean()), volume("Standard deviation", 1, moments().std()), images.stream().map(i -> volume("Particle", 2,
			i)).toList(), null, null, new Provenance("", Map.of(), Map.of("samples", images.size()), List.of()), true);
	}

	private Volume volume(final String title, final int channels, final float[] image) {
		return new Volume(title, kspace.columns(), kspace.rows(), channels, List.of(image), kspace.voxel(), "");
	}

	/** Images in the units of the data as whitened coils see them, [B, 2, H, W]; 0 where no coil sees. */
	static Tensor whitened(final List<Volume> images, final float[] gain) {
		return Scopes.keep(() -> Tensors.concatenate(images.stream().map(image -> {
			final float[] values = image.slices().get(0).clone();
			for (int i = 0; i < values.length; i++) values[i] = gain[i % gain.length] > 0 ? values[i] / gain[i % gain.length] : 0;
			return Tensors.of(values, 1, 2, image.height(), image.width());
		}).toList()));
	}
}
