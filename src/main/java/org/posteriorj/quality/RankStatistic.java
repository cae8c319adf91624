package org.posteriorj.quality;

import java.util.Locale;

/** What is measured of the ranks of the truth among samples: its value for exact samples, and by how much it may be off before it matters. */
public enum RankStatistic {

	/** How often the truth lies in the 5-95 % interval. */
	COVERAGE("coverage of the 5-95 % interval", 0.0225) {

		@Override
		double of(final PooledRanks ranks) {
			return ranks.coverage();
		}

		@Override
		double expected(final int samples) {
			return Coverage.expected(samples);
		}

		@Override
		public String fault(final double value, final double expected) {
			return String.format(Locale.ROOT, "coverage %.3f instead of %.3f", value, expected);
		}
	},

	/** {@code sqrt((1 + 1/K) sum(s^2) / sum((truth - mean)^2))}, see {@link Spread}. */
	SPREAD("standard deviation over error of the mean", 0.05) {

		@Override
		double of(final PooledRanks ranks) {
			return Math.sqrt((1 + 1.0 / ranks.samples()) * ranks.spread() / ranks.error());
		}

		@Override
		double expected(final int samples) {
			return 1;
		}

		@Override
		public String fault(final double value, final double expected) {
			return String.format(Locale.ROOT, "standard deviation %.0f %% too %s for the errors", 100 * Math.abs(value - 1), value > 1 ? "large" : "small");
		}
	},

	/** Mean of {@code (rank + 1/2) / (K + 1)}; a mean off by 0.18 standard deviations moves it by 0.05. */
	RANK("mean rank of the truth", 0.05) {

		@Override
		double of(final PooledRanks ranks) {
			double sum = 0;
			for (int r = 0; r < ranks.shares().length; r++) sum += ranks.shares()[r] * (r + 0.5) / ranks.shares().length;
			return sum;
		}

		@Override
		double expected(final int samples) {
			return 0.5;
		}

		@Override
		public String fault(final double value, final double expected) {
			return String.format(Locale.ROOT, "mean rank of the truth %.3f: the samples are too %s", value, value > expected ? "dark" : "bright");
		}
	},

	/** Largest distance of the distribution of ranks from a uniform one (Kolmogorov and Smirnov). */
	EVENNESS("unevenness of the ranks", 0.05) {

		@Override
		double of(final PooledRanks ranks) {
			double below = 0, largest = 0;
			for (int r = 0; r < ranks.shares().length; r++) {
				below += ranks.shares()[r];
				largest = Math.max(largest, Math.abs(below - (r + 1.0) / ranks.shares().length));
			}
			return largest;
		}

		@Override
		double expected(final int samples) {
			return 0;
		}

		@Override
		public String fault(final double value, final double expected) {
			return String.format(Locale.ROOT, "ranks of the truth uneven by %.3f", value);
		}
	},

	/** Mean of the samples over that of the truth, for quantities that are positive. */
	LEVEL("samples over truth", 0.03) {

		@Override
		double of(final PooledRanks ranks) {
			return ranks.others() / ranks.own();
		}

		@Override
		double expected(final int samples) {
			return 1;
		}

		@Override
		public String fault(final double value, final double expected) {
			return String.format(Locale.ROOT, "%.3f times that of the truth", value);
		}
	};

	private final String text;
	private final double tolerance;

	RankStatistic(final String text, final double tolerance) {
		this.text = text;
		this.tolerance = tolerance;
	}

	/** In words. */
	public String text() {
		return text;
	}

	/** Deviations up to this do not matter in practice, even where they can be told from chance. */
	public double tolerance() {
		return tolerance;
	}

	abstract double of(PooledRanks ranks);

	/** For exact samples and endlessly many scans. */
	abstract double expected(int samples);

	/** A deviation in words. */
	public abstract String fault(double value, double expected);
}
