package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Decision;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Volume;
import org.posteriorj.sampler.ActiveSampler;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Keeps the decisions of a plan, the mean of the particles at each, and the last particles, in the units of the data, and shows them as they come. */
final class PlannedParticles implements ActiveSampler.Listener {

	private final PlannedScan scan;
	private final int first;
	private final Monitor monitor;
	private final List<Decision> decisions;
	private final List<float[]> means = new ArrayList<>();
	private List<Volume> images = List.of();
	private float[] unit;

	/**
	 * @param first lines measured before the first decision
	 * @param earlier decisions that are repeated
	 */
	PlannedParticles(final PlannedScan scan, final int first, final List<Decision> earlier, final Monitor monitor) {
		this.scan = scan;
		this.first = first;
		this.monitor = monitor;
		decisions = new ArrayList<>(earlier);
	}

	/** What images in prior units are multiplied with, [row][column]. */
	void units(final float[] factor) {
		unit = factor;
	}

	@Override
	public void decided(final Decision decision, final Tensor particles) {
		decisions.add(decision);
		final List<Volume> now = new ArrayList<>();
		for (long k = 0; k < particles.size(0); k++) {
			final float[] image = Tensors.toFloats(Tensors.items(particles, k, k + 1));
			for (int i = 0; i < image.length; i++) image[i] *= unit[i % unit.length];
			now.add(scan.image("Particle", image.length / unit.length, image));
		}
		images = now;
		final Volume mean = image("Running mean", moments().mean());
		means.add(mean.magnitude().slices().get(0));
		monitor.preview(mean);
		if (decisions.size() > 1) monitor.chart(AcquisitionPlan.chart(first, decisions));
	}

	/** Decisions so far, in order. */
	List<Decision> decisions() {
		return decisions;
	}

	/** Whether there are particles: not if every decision was repeated. */
	boolean any() {
		return !images.isEmpty();
	}

	/** Magnitude of the particles' mean at each decision; null without any. */
	Volume course() {
		if (means.isEmpty()) return null;
		final Volume one = scan.image("Mean of the particles at each decision", 1, means.get(0));
		return new Volume(one.title(), one.width(), one.height(), 1, means, one.voxel(), one.unit());
	}

	private Moments moments() {
		final Moments moments = Moments.ofIndependent(images.get(0).channels(), unit.length);
		for (final Volume image : images) moments.add(image.slices().get(0));
		return moments;
	}

	/** The particles as they are. */
	Posterior posterior() {
		final Moments moments = moments();
		return new Posterior(image("Mean", moments.mean()), image("Standard deviation", moments.std()), images, null, null, new Provenance("", Map.of(), Map.of(
			"samples", images.size()), List.of()), true);
	}

	private Volume image(final String title, final float[] values) {
		return scan.image(title, values.length / unit.length, values);
	}

	/** Images in units of the data as images in prior units, [B, C, H, W]; 0 where nothing is seen. */
	static Tensor particles(final List<Volume> images, final float[] unit) {
		return Scopes.keep(() -> Tensors.concatenate(images.stream().map(image -> {
			final float[] values = image.slices().get(0).clone();
			for (int i = 0; i < values.length; i++) values[i] = unit[i % unit.length] > 0 ? values[i] / unit[i % unit.length] : 0;
			return Tensors.of(values, 1, image.channels(), image.height(), image.width());
		}).toList()));
	}
}
