package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilOperator;
import org.posteriorj.physics.mri.PrewhitenedCoils;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A Gaussian field measured as a user's MRI scan was: its mask or trajectory, the maps of its coils, and its noise in units of its bright
 * tissue.
 * <p>
 * Of whole readout lines a few columns of the image are a problem of their own, with mask and maps as they are. Of anything else the
 * centre of k-space is taken, the same field of view at a lower resolution.
 */
final class OwnMri implements KnownPosterior.Problem {

	private static final int COILS = 8, LEAST_COLUMNS = 4;

	private final MriScan scan;
	private final int slice;
	private final int coils;
	private final int side;

	/** @param side of a square image that can be tested in the time there is */
	OwnMri(final MriScan scan, final int side) {
		slice = scan.depth() / 2;
		this.scan = CentralPart.slice(scan, slice);
		this.side = side;
		coils = Math.min(COILS, scan.coils());
	}

	@Override
	public String name() {
		return "this scan";
	}

	@Override
	public void open(final KnownPosterior.Request request, final Consumer<KnownPosterior> use) {
		final MriNoise noise = MriNoise.of(scan, 0, virtual(), request.device());
		noise.warnings().forEach(request.record()::warn);
		final boolean small = scan.rows() <= side && scan.columns() <= side, lines = !small && lines();
		final MriScan part = lines || small ? scan : CentralPart.of(scan, side);
		Scopes.run(() -> {
			try (MriSlice made = new MriSlice(part, 0, noise.covariance(), virtual(), request.device())) {
				made.warnings().forEach(request.record()::warn);
				final double scale = made.scale(request.device());
				if (!(scale > 0)) throw new IllegalArgumentException("self-test: k-space '" + scan.title() + "' holds no image in its middle slice - is it the right file?");
				final int width = Math.min(scan.columns(), Math.max(LEAST_COLUMNS, side * side / scan.rows()));
				final double sigma = PrewhitenedCoils.SIGMA / scale;
				final String size = lines ? "the middle " + width + " of " + scan.columns() + " columns of " + scan.rows() + " rows" : small ? scan.rows() + " x " + scan
					.columns() : "the central " + part.rows() + " x " + part.columns() + " of k-space";
				request.record().fact(name(), String.format(Locale.ROOT, "a Gaussian field measured as slice %d of '%s': %s, %.2f-fold, %d%s coils, noise %.4g of bright tissue",
					slice + 1, scan.title(), size, part.acceleration(), coils, coils < scan.coils() ? " virtual of " + scan.coils() : "", sigma));
				if (!lines) known(made.operator(), sigma, request, use);
				else {
					try (SenseOperator columns = columns(made.maps(), ((KSpace) scan).sampled().get(0), width, request.device())) {
						known(columns, sigma, request, use);
					}
				}
			}
		});
	}

	private int virtual() {
		return coils < scan.coils() ? coils : 0;
	}

	/** Whether every row of k-space was measured as a whole or not at all. */
	private boolean lines() {
		if (!(scan instanceof final KSpace kspace)) return false;
		final boolean[] mask = kspace.sampled().get(0);
		for (int i = 0; i < mask.length; i++) if (mask[i] != mask[i - i % scan.columns()]) return false;
		return true;
	}

	/** The operator of the middle columns: along a fully measured readout the transform is its own inverse, so that columns do not mix. */
	static SenseOperator columns(final Tensor maps, final boolean[] mask, final int width, final ComputeDevice device) {
		final int rows = (int) maps.size(1), columns = (int) maps.size(2);
		final float[] part = new float[rows * width];
		for (int r = 0; r < rows; r++) Arrays.fill(part, r * width, (r + 1) * width, mask[r * columns] ? 1 : 0);
		return new SenseOperator(maps.narrow(2, (columns - width) / 2, width).contiguous(), device.place(Tensors.of(part, rows, width)));
	}

	private void known(final CoilOperator operator, final double sigma, final KnownPosterior.Request request, final Consumer<KnownPosterior> use) {
		final long[] shape = operator.imageShape();
		final GaussianFieldPrior prior = BuiltInProblems.field(2, (int) shape[1], (int) shape[2]);
		final SampleRandom random = request.truth(100);
		final Tensor truth = prior.colour(random.normal(shape)), mask = operator instanceof final SenseOperator sense ? BuiltInProblems.factor(sense) : null;
		use.accept(KnownPosterior.of(prior, new DataConsistency(operator, BuiltInProblems.measure(operator, truth, sigma, mask, random), sigma), truth, request));
	}
}
