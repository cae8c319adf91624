package org.posteriorj.workflow;

import java.util.Collections;
import java.util.List;

import org.posteriorj.data.Hounsfield;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.io.FileHash;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;

/** Line integrals to images: corrections, noise, method, data residual, units. */
public final class ReconstructCt {

	private static final List<String> CLASSICAL = List.of("FBP", "SIRT", "TV");
	private static final String VOLUME = "DiffusionMBIR";

	private final ReconstructCtSettings settings;

	public ReconstructCt(final ReconstructCtSettings settings) {
		this.settings = settings;
	}

	/** Reconstructs every slice. */
	public Posterior run(final Sinogram scan, final Monitor monitor) {
		final RunRecord record = new RunRecord();
		record.fact("sampler", settings.sampler());
		record.fact("seed", settings.seed());
		record.fact("sha256 of the sinogram", FileHash.of(scan));
		final Sinogram corrected = CtPreparation.apply(scan, settings, record);
		final CtNoise noise = CtNoise.of(corrected, settings.noise());
		record.fact("noise", noise.description());
		final CtProblem problem = new CtProblem(corrected, CtPreparation.size(corrected, settings), noise, settings.filter());
		record.fact("image", problem.size() + " x " + problem.size() + " pixels of " + corrected.geometry().imagePixel() + " mm");
		final List<float[]> images = images(problem, record, monitor);
		final float[] seen = new FieldOfView(corrected.geometry(), corrected.detectors()).mask(problem.size());
		// what filtered backprojection leaves outside the field of view was never meant to explain the data
		final CtResiduals residuals = CtResiduals.of(problem, settings.sampler().equals("FBP") ? images.stream().map(x -> times(x, seen)).toList() : images);
		record.fact("residual chi-square", residuals.text());
		final Volume mean = inUnits(problem, images), mask = problem.volume("Mask", Collections.nCopies(corrected.depth(), seen), "");
		return new Posterior(mean, null, List.of(mean), residuals.picture(), mask, record.provenance(), false);
	}

	private List<float[]> images(final CtProblem problem, final RunRecord record, final Monitor monitor) {
		return switch (settings.sampler()) {
			case "FBP" -> CtClassical.fbp(problem, monitor);
			case "SIRT" -> CtClassical.sirt(problem, settings.stepsOr(30, 100, 300), monitor);
			case "TV" -> CtClassical.totalVariation(problem, settings.weight(), settings.stepsOr(20, 50, 100), record, monitor);
			default -> diffusion(problem, record, monitor);
		};
	}

	private List<float[]> diffusion(final CtProblem problem, final RunRecord record, final Monitor monitor) {
		final DiffusionPrior prior = Priors.open(settings.prior());
		CtDiffusion.require(prior);
		final double unit = CtDiffusion.unit(problem, prior, settings.water());
		record.fact("prior", prior.name());
		record.fact("prior unit", unit + " per mm");
		return CtDiffusion.volume(problem, prior, settings, unit, monitor);
	}

	private Volume inUnits(final CtProblem problem, final List<float[]> images) {
		if (!settings.hounsfield()) return problem.volume("Mean", images, "1/mm");
		final Hounsfield scale = new Hounsfield(settings.water());
		return problem.volume("Mean", images.stream().map(scale::numbers).toList(), "HU");
	}

	private static float[] times(final float[] image, final float[] mask) {
		final float[] product = new float[image.length];
		for (int i = 0; i < product.length; i++) product[i] = image[i] * mask[i];
		return product;
	}
}
