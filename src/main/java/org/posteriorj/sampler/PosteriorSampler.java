package org.posteriorj.sampler;

import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;

/**
 * Turns a prior and data into images: draws from {@code p(x | y)}, or one estimate, as {@link #kind} says.
 * <p>
 * Sample k depends on its own random stream only, never on the batch it runs in (ensemble methods: on its own ensemble).
 * The operator is used as it is; data and noise are in prior units.
 */
public interface PosteriorSampler {

	/** What the images of a sampler are. */
	enum Kind {
		/** Draws from the posterior, exact in a stated limit: their spread is the uncertainty. */
		POSTERIOR("posterior sampler"),
		/** Draws from a law near the posterior whose bias is known: their spread is not to be trusted without {@link PosteriorSampler#bias}. */
		APPROXIMATE("approximate sampler"),
		/** An estimate: the spread of several runs is not an uncertainty. */
		POINT("point estimator");

		private final String text;

		Kind(final String text) {
			this.text = text;
		}

		/** Whether its images are draws, whose spread means something. */
		public boolean draws() {
			return this != POINT;
		}

		/** In words, for dialogs and reports. */
		public String text() {
			return text;
		}
	}

	/** The key of the option {@code sampler}. */
	String name();

	/** Posterior sampler, approximate sampler or point estimator. */
	Kind kind();

	/** Network evaluations of one sample. */
	long evaluations();

	/** Whether it promises the odds of modes that are far apart, not only the law within a mode. */
	default boolean weighsModes() {
		return kind() == Kind.POSTERIOR;
	}

	/** What is wrong with the spread of an approximate sampler, in one line; empty for the others. */
	default String bias() {
		return "";
	}

	/**
	 * Draws {@code random.batch()} samples.
	 *
	 * @throws java.util.concurrent.CancellationException when {@code progress} says stop
	 */
	Draws sample(DiffusionPrior prior, DataConsistency data, SampleRandom random, Progress progress);
}
