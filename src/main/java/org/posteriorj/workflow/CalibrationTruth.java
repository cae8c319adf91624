package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Volume;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.train.TrainingImages;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A known image that is measured and sampled.
 *
 * @param values real, then imaginary part, prior units
 */
record CalibrationTruth(int rows, int columns, float[] values) {

	private static final int FIELD = 64;
	/** Slices whose brightest pixel is darker show no anatomy. */
	private static final double EMPTY = 0.1;

	/** Draws from a prior whose law is known: the only truths for which an exact sampler is calibrated without reserve. */
	static List<CalibrationTruth> draws(final DiffusionPrior prior, final CalibrationReportSettings settings) {
		if (!(prior instanceof GaussianFieldPrior field)) {
			throw new IllegalArgumentException("volumes: images cannot be drawn from the network " + prior.name() +
				" - name volumes that it has never seen, or choose prior=gaussian-field.");
		}
		final int size = settings.size() == 0 ? FIELD : settings.size();
		final List<CalibrationTruth> truths = new ArrayList<>();
		for (int n = 0; n < settings.scans(); n++) {
			final SampleRandom random = SampleRandom.single(settings.seed(), -1 - n);
			truths.add(new CalibrationTruth(size, size, Scopes.compute(() -> Tensors.toFloats(field.colour(random.normal(2, size, size))))));
		}
		return truths;
	}

	/** Slices at equal distances in what is not empty of the volumes; scaled as in training, real ones with a smooth phase. */
	static List<CalibrationTruth> slices(final List<Volume> volumes, final CalibrationReportSettings settings) {
		final List<Slice> all = new ArrayList<>();
		for (final Volume volume : volumes) {
			final double scale = TrainingImages.scale(volume.magnitude());
			for (int z = 0; z < volume.depth(); z++) {
				final Slice slice = new Slice(volume, z, scale);
				if (slice.brightest() > EMPTY) all.add(slice);
			}
		}
		if (all.isEmpty()) throw new IllegalArgumentException("volumes: every slice is empty - name volumes with some signal.");
		final int count = Math.min(settings.scans(), all.size());
		final List<CalibrationTruth> truths = new ArrayList<>();
		for (int n = 0; n < count; n++) truths.add(all.get((int) ((n + 0.5) * all.size() / count)).truth(settings.size(), settings.seed() + n));
		return truths;
	}

	private record Slice(Volume volume, int z, double scale) {

		double brightest() {
			double largest = 0;
			for (final float v : volume.slices().get(z)) largest = Math.max(largest, Math.abs(v));
			return largest / scale;
		}

		/** The middle of the slice, at most {@code size} rows and columns unless that is 0. */
		CalibrationTruth truth(final int size, final long seed) {
			final int rows = size == 0 ? volume.height() : Math.min(size, volume.height()), columns = size == 0 ? volume.width() : Math.min(size, volume.width());
			if (Math.min(rows, columns) < CalibrationReportSettings.SMALLEST) {
				throw new IllegalArgumentException("volumes: '" + volume.title() + "' has " + volume.width() + " x " + volume.height() + " pixels, expected at least " +
					CalibrationReportSettings.SMALLEST + " along both sides.");
			}
			final int n = rows * columns, whole = volume.width() * volume.height(), top = (volume.height() - rows) / 2, left = (volume.width() - columns) / 2;
			final float[] slice = volume.slices().get(z), values = new float[2 * n];
			final double[] phase = volume.channels() == 1 ? CoilSimulation.phase(rows, columns, seed) : new double[n];
			for (int i = 0; i < n; i++) {
				final int from = (top + i / columns) * volume.width() + left + i % columns;
				final double re = slice[from] / scale, im = volume.channels() == 1 ? 0 : slice[whole + from] / scale;
				values[i] = (float) (re * Math.cos(phase[i]) - im * Math.sin(phase[i]));
				values[n + i] = (float) (re * Math.sin(phase[i]) + im * Math.cos(phase[i]));
			}
			return new CalibrationTruth(rows, columns, values);
		}
	}
}
