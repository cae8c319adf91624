package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.quality.RankStatistic;

/** The numbers of an image whose ranks among those of the samples are judged. */
enum CalibrationQuantity {

	/** What the map of standard deviations is about. */
	PIXEL("magnitude of pixels", List.of(RankStatistic.COVERAGE, RankStatistic.SPREAD, RankStatistic.RANK, RankStatistic.EVENNESS)) {

		@Override
		float[][] of(final Sampled scan) {
			return bright(scan.magnitudes());
		}
	},

	/** What intervals of a region are about: whether the samples of neighbouring pixels belong together. */
	REGION("mean magnitude of 8 x 8 pixels", List.of(RankStatistic.COVERAGE, RankStatistic.SPREAD, RankStatistic.RANK, RankStatistic.EVENNESS)) {

		@Override
		float[][] of(final Sampled scan) {
			return bright(Arrays.stream(scan.magnitudes()).map(m -> regions(m, scan.rows(), scan.columns())).toArray(float[][]::new));
		}
	},

	/** Whether the samples explain the data as well as the truth does: {@code |A x - y|^2}. */
	MISFIT("data misfit", List.of(RankStatistic.LEVEL)) {

		@Override
		float[][] of(final Sampled scan) {
			final float[][] values = new float[scan.misfits().length][];
			Arrays.setAll(values, item -> new float[] { (float) scan.misfits()[item] });
			return values;
		}
	};

	/**
	 * A scan whose truth is known, with its samples.
	 *
	 * @param magnitudes {@code [item][pixel]}, the truth first
	 * @param misfits one for each of them
	 */
	record Sampled(int rows, int columns, float[][] magnitudes, double[] misfits) {}

	private static final int SIDE = 8;
	private static final double OBJECT = 0.1;

	private final String text;
	private final List<RankStatistic> judged;

	CalibrationQuantity(final String text, final List<RankStatistic> judged) {
		this.text = text;
		this.judged = judged;
	}

	/** In words. */
	String text() {
		return text;
	}

	/** The statistics that decide. */
	List<RankStatistic> judged() {
		return judged;
	}

	/** {@code [item][entry]} of a scan, the truth first. */
	abstract float[][] of(Sampled scan);

	/**
	 * Entries whose root mean square over all items is above a tenth of the largest one: air has nothing to say. Because truth and samples
	 * have the same say in it, the choice favours none of them.
	 */
	private static float[][] bright(final float[][] items) {
		final double[] squares = new double[items[0].length];
		for (final float[] item : items) for (int i = 0; i < squares.length; i++) squares[i] += (double) item[i] * item[i];
		final double limit = OBJECT * OBJECT * Arrays.stream(squares).max().orElseThrow();
		final int[] kept = IntStream.range(0, squares.length).filter(i -> squares[i] >= limit).toArray();
		final float[][] chosen = new float[items.length][kept.length];
		for (int item = 0; item < items.length; item++) for (int i = 0; i < kept.length; i++) chosen[item][i] = items[item][kept[i]];
		return chosen;
	}

	private static float[] regions(final float[] magnitude, final int rows, final int columns) {
		final int across = columns / SIDE;
		final double[] means = new double[rows / SIDE * across];
		for (int r = 0; r < rows / SIDE * SIDE; r++) for (int c = 0; c < across * SIDE; c++) {
			means[r / SIDE * across + c / SIDE] += magnitude[r * columns + c] / (double) (SIDE * SIDE);
		}
		final float[] values = new float[means.length];
		for (int i = 0; i < values.length; i++) values[i] = (float) means[i];
		return values;
	}
}
