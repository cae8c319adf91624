package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Decision;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.AdaptiveScan;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;

/** Particles in a reverse diffusion that choose what is measured next, and go on with what that gave. */
public interface ActiveSampler {

	/** Who is told of decisions. */
	interface Listener {

		/**
		 * Called after the lines of a decision were measured.
		 *
		 * @param particles the images that it was made from, [N, C, H, W]; valid during the call
		 */
		void decided(Decision decision, Tensor particles);
	}

	/** Network evaluations per particle for a scan that has so many lines measured. */
	long evaluations(int measured);

	/**
	 * Random draws that so many decisions take: where a run goes on that was stopped after them.
	 *
	 * @throws IllegalArgumentException if a run cannot be stopped and go on
	 */
	long draws(int decisions);

	/**
	 * Measures lines until there are as many as wanted, or no more can be.
	 *
	 * @param scan with its first lines measured, and those of earlier decisions
	 * @param before decisions that were made earlier
	 * @param random one stream per particle, at least two; for earlier decisions {@link #draws} were made
	 * @return the particles in the end, [N, C, H, W]
	 * @throws java.util.concurrent.CancellationException when {@code progress} says stop; the scan then has the lines of the
	 *           decisions that were made
	 */
	Tensor run(DiffusionPrior prior, AdaptiveScan scan, int before, SampleRandom random, Progress progress, Listener listener);
}
