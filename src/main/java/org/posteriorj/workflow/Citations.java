package org.posteriorj.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to cite with a result: the software, ImageJ, and the paper of every method by its key. */
public final class Citations {

	/** Whatever the method. */
	public static final Map<String, String> ALWAYS = ordered("software",
		"PosteriorJ developers, PosteriorJ: diffusion posterior sampling for MRI and CT in ImageJ, https://github.com/posteriorj/posteriorj", "imagej",
		"C. A. Schneider, W. S. Rasband, K. W. Eliceiri, NIH Image to ImageJ: 25 years of image analysis, Nature Methods 9 (2012) 671-675");

	/** By the key of the option {@code sampler}, and of what comes before it. */
	public static final Map<String, String> METHODS = ordered( //
		"PnP-DM", "Z. Wu et al., Principled probabilistic imaging using diffusion models as plug-and-play priors, NeurIPS 2024", //
		"DAPS", "B. Zhang et al., Improving diffusion inverse problem solving with decoupled noise annealing, CVPR 2025", //
		"Ensemble SMC", "H. Chen et al., Solving inverse problems via diffusion-based priors: an approximation-free ensemble sampling approach, 2025", //
		"RED-diff", "M. Mardani et al., A variational perspective on solving inverse problems with diffusion models, ICLR 2024", //
		"DDS", "H. Chung, S. Lee, J. C. Ye, Decomposed diffusion sampler for accelerating large-scale inverse problems, ICLR 2024", //
		"DiffPIR", "Y. Zhu et al., Denoising diffusion models for plug-and-play image restoration, CVPR workshops 2023", //
		"DDNM", "Y. Wang, J. Yu, J. Zhang, Zero-shot image restoration using denoising diffusion null-space model, ICLR 2023", //
		"DPS", "H. Chung et al., Diffusion posterior sampling for general noisy inverse problems, ICLR 2023", //
		"Conditional", "S. Alsubaie et al., Conditional denoising diffusion with data consistency, arXiv 2510.06335 (2025)", //
		"DiffusionMBIR", "H. Chung et al., Solving 3D inverse problems using pre-trained 2D diffusion models, CVPR 2023", //
		"Plan Acquisition", "O. Nolan et al., Active diffusion subsampling, Trans. Mach. Learn. Res. (2025)", //
		"TV", "S. Boyd et al., Distributed optimization and statistical learning via ADMM, Found. Trends Mach. Learn. 3 (2011) 1-122", //
		"L1-wavelet", "M. Lustig, D. Donoho, J. M. Pauly, Sparse MRI, Magn. Reson. Med. 58 (2007) 1182-1195", //
		"CG-SENSE", "K. P. Pruessmann et al., Advances in sensitivity encoding with arbitrary k-space trajectories, Magn. Reson. Med. 46 (2001) 638-651", //
		"SIRT", "P. Gilbert, Iterative methods for the three-dimensional reconstruction of an object from projections, J. Theor. Biol. 36 (1972) 105-117", //
		"FBP", "A. C. Kak, M. Slaney, Principles of computerized tomographic imaging, IEEE Press 1988", //
		"mirrored samples", "J. Jia et al., Antithetic noise in diffusion models, ICLR 2026, arXiv 2506.06185", //
		"coil maps", "M. Uecker et al., ESPIRiT: an eigenvalue approach to autocalibrating parallel MRI, Magn. Reson. Med. 71 (2014) 990-1001");

	private Citations() {}

	private static Map<String, String> ordered(final String... pairs) {
		final Map<String, String> map = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
		return map;
	}
}
