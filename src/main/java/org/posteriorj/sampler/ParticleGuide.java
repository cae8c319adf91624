package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;

/** How the particles of {@link EnsembleSmc} follow the data from level s to t, and what the weights make of it. */
interface ParticleGuide {

	/** What is added to the logarithm of each particle's weight before it moves. */
	double[] weights(Tensor x, Tensor denoised, double s, double t);

	/** The particles at level t. */
	Tensor move(Tensor x, Tensor denoised, double s, double t, SampleRandom random);
}
