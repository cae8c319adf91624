package org.posteriorj.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.posteriorj.data.Chart;
import org.posteriorj.data.Monitor;
import org.posteriorj.prior.train.Checkpoint;
import org.posteriorj.prior.train.Trainer;
import org.posteriorj.prior.train.Validation;

/**
 * The loop around a trainer: validation at fixed steps, the curve, saving every four minutes and when the user stops, progress.
 */
final class TrainingRun {

	static final String CURVE = "curve.csv";

	private static final long SAVE_INTERVAL = 240_000_000_000L, SHOW_INTERVAL = 3_000_000_000L;
	static final int VALIDATIONS = 40;
	private static final int LOSSES = 400, SHORTEST_INTERVAL = 50;

	private final Trainer trainer;
	private final Validation validation;
	private final TrainingCurve curve;
	private final Checkpoint checkpoint;
	private final Path folder;
	private final TrainingPlan plan;
	private final Monitor monitor;
	private final long first;
	private final long start = System.nanoTime();
	private long saved = start;
	private long shown;

	TrainingRun(final Trainer trainer, final Validation validation, final TrainingCurve curve, final Checkpoint checkpoint, final Path folder, final TrainingPlan plan,
		final Monitor monitor)
	{
		this.trainer = trainer;
		this.validation = validation;
		this.curve = curve;
		this.checkpoint = checkpoint;
		this.folder = folder;
		this.plan = plan;
		this.monitor = monitor;
		first = trainer.step();
	}

	/** Trains; false if the user stopped, with everything saved. */
	boolean toTheEnd() {
		try {
			trainer.run((done, total, message) -> monitor.step(done, total, message()), t -> afterStep());
			return true;
		}
		catch (final CancellationException exc) {
			if (trainer.step() == 0) throw exc;
			save();
			return false;
		}
	}

	long step() {
		return trainer.step();
	}

	double loss() {
		return trainer.loss();
	}

	double stepsPerSecond() {
		return (trainer.step() - first) / ((System.nanoTime() - start) / 1e9);
	}

	private String message() {
		final double[] db = curve.last();
		return String.format(Locale.ROOT, "training, loss %.4f", trainer.loss()) + (db.length == 0 ? "" : String.format(Locale.ROOT, ", %.2f dB at sigma 0.1",
			db[Validation.LEVELS.indexOf(0.1)]));
	}

	private void afterStep() {
		final long step = trainer.step(), now = System.nanoTime();
		final boolean last = step == plan.steps(), validate = last || step % Math.max(SHORTEST_INTERVAL, plan.steps() / VALIDATIONS) == 0;
		if (validate || step % Math.max(1, plan.steps() / LOSSES) == 0) {
			curve.add(step, trainer.loss(), validate ? trainer.validate(validation) : new double[0]);
			show(validate, now);
		}
		if (last || now - saved > SAVE_INTERVAL) save();
	}

	private void show(final boolean validated, final long now) {
		if (curve.points().size() < 2 || !validated && now - shown < SHOW_INTERVAL) return;
		final Chart measured = curve.validation();
		monitor.chart(measured.lines().get(0).x().length > 1 ? measured : curve.loss());
		shown = now;
	}

	/** NB: the curve first; points beyond the checkpoint's step are dropped when a run goes on. */
	private void save() {
		try {
			curve.write(folder.resolve(CURVE));
		}
		catch (final IOException exc) {
			throw new UncheckedIOException("training: cannot save to " + folder + ": " + exc.getMessage(), exc);
		}
		checkpoint.save(trainer);
		saved = System.nanoTime();
	}
}
