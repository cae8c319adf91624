package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.prior.NetworkPrior;
import org.posteriorj.prior.PriorContract;
import org.posteriorj.prior.PriorFile;
import org.posteriorj.prior.PriorMeta;
import org.posteriorj.prior.Priors;
import org.posteriorj.prior.UNet;
import org.posteriorj.prior.WarmStart;
import org.posteriorj.prior.train.Checkpoint;
import org.posteriorj.prior.train.IntensityScale;
import org.posteriorj.prior.train.Measurements;
import org.posteriorj.prior.train.Trainer;
import org.posteriorj.prior.train.TrainingImages;
import org.posteriorj.prior.train.Validation;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Script;

/**
 * The user's own volumes to a prior file. The state is saved every four minutes and when the user stops, in a folder beside the
 * file; the same run goes on from there, and gives the same weights as one that was never interrupted.
 */
public final class TrainPrior {

	private static final int MEASURED_STEPS = 6, SCANS = 100;

	private final TrainPriorSettings settings;
	private final String command;
	/** Of the crops, null for a network without a condition. */
	private final Measurements measurements;

	/** @param command the command line that repeats the run, for {@code meta.json} */
	public TrainPrior(final TrainPriorSettings settings, final String command) {
		this.settings = settings;
		this.command = command;
		measurements = settings.conditional() ? new SimulatedMeasurements() : null;
	}

	/**
	 * Trains, or goes on with a training that was stopped.
	 *
	 * @param volumes what to learn from, any units
	 * @param held a volume of somebody else, which is never trained on
	 * @param file the prior file to write, ending in .pt; its folder exists
	 * @throws IllegalArgumentException if memory will not do, or another run is unfinished at that place
	 */
	public TrainedPrior run(final List<Volume> volumes, final Volume held, final Path file, final Monitor monitor) throws IOException {
		final int before = LibTorch.useThreads(settings.threads() == 0 ? LibTorch.threads() : settings.threads());
		try {
			return train(volumes.stream().map(Volume::magnitude).toList(), held.magnitude(), file, monitor);
		}
		finally {
			LibTorch.useThreads(before);
		}
	}

	private TrainedPrior train(final List<Volume> volumes, final Volume held, final Path file, final Monitor monitor) throws IOException {
		MemoryForecast.training(design(1), settings.batch(), settings.crop(), (long) held.width() * held.height()).require("train prior",
			"use a smaller batch, crop or network.");
		final IntensityScale scale = IntensityScale.of(settings.scaling());
		final TrainingImages images = new TrainingImages(volumes, scale);
		final Path folder = beside(file, ".training");
		final TrainingPlan plan = TrainingPlan.of(folder, settings, volumes, () -> plan(images, scaled(held, scale)));
		final Validation validation = validation(scaled(held, scale), plan.sigmaData());
		try (Script network = network(plan.sigmaData());
				Trainer trainer = trainer(network, images, plan.steps(), plan.half(), plan.sigmaData()))
		{
			final Checkpoint checkpoint = new Checkpoint(folder);
			checkpoint.restore(trainer);
			final TrainingCurve curve = TrainingCurve.read(folder.resolve(TrainingRun.CURVE), trainer.step());
			final TrainingRun run = new TrainingRun(trainer, validation, curve, checkpoint, folder, plan, monitor);
			final boolean partial = !run.toTheEnd();
			final double[] db = partial || curve.last().length == 0 ? trainer.validate(validation) : curve.last();
			final PriorMeta meta = meta(volumes, held, plan, trainer, db, partial);
			final Path made = partial ? beside(file, ".partial.pt") : file;
			trainer.withAverages(n -> PriorFile.write(n, known(n, meta, trainer), made));
			final TrainedPrior result = result(made, meta, plan, run, curve, scaled(held, scale), partial);
			if (!partial) {
				Files.deleteIfExists(beside(file, ".partial.pt"));
				Files.deleteIfExists(beside(file, ".partial.html"));
				delete(folder);
			}
			return result;
		}
	}

	private Validation validation(final Volume held, final double sigmaData) {
		return new Validation(held, Math.min(settings.slices(), held.depth()), settings.channels(), measurements, sigmaData);
	}

	/** With random weights, or those of the prior to begin from. */
	private Script network(final double sigmaData) {
		final Script network = UNet.build(design(sigmaData), settings.seed());
		if (settings.start().isEmpty()) return network;
		try (NetworkPrior start = Priors.load(settings.start())) {
			WarmStart.copy(start, network);
			return network;
		}
		catch (final RuntimeException exc) {
			network.close();
			throw exc;
		}
	}

	private int conditioning() {
		return measurements == null ? 0 : measurements.channels();
	}

	/** With what a conditional network knows of its scans. NB: the prior is not closed, for the network is still trained. */
	private PriorMeta known(final Script network, final PriorMeta meta, final Trainer trainer) {
		return measurements == null ? meta : meta.withConditions(SimulatedMeasurements.range(trainer.scans(SCANS), new NetworkPrior(network, meta)));
	}

	private UNet.Design design(final double sigmaData) {
		return switch (settings.network()) {
			case "large" -> UNet.Design.large(settings.channels(), conditioning(), sigmaData);
			case "small" -> UNet.Design.small(settings.channels(), conditioning(), sigmaData);
			default -> UNet.Design.laptop(settings.channels(), conditioning(), sigmaData);
		};
	}

	private Trainer trainer(final Script network, final TrainingImages images, final long steps, final boolean half, final double sigmaData) {
		return new Trainer(network, images, measurements, settings.channels(), sigmaData, new Trainer.Settings(steps, settings.batch(), settings.crop(), settings.rate(),
			half, settings.consistency(), settings.immiscible(), settings.curriculum(), settings.seed()));
	}

	private Volume scaled(final Volume held, final IntensityScale scale) {
		return settings.brightest() > 0 ? IntensityScale.divide(held, settings.brightest()) : scale.apply(held);
	}

	/** Chooses what the options leave open, by measuring a few steps. */
	private TrainingPlan plan(final TrainingImages images, final Volume held) {
		final double sigmaData = sigmaData(images);
		final boolean auto = settings.precision().equals("auto"), measure = auto || settings.steps() == 0;
		final double full = measure && !settings.precision().equals("bfloat16") ? secondsPerStep(images, sigmaData, false) : Double.POSITIVE_INFINITY;
		final double half = measure && !settings.precision().equals("float32") ? secondsPerStep(images, sigmaData, true) : Double.POSITIVE_INFINITY;
		final boolean useHalf = auto ? half < 0.9 * full : settings.precision().equals("bfloat16");
		final long steps = settings.steps() > 0 ? settings.steps() : steps(useHalf ? half : full, validation(held, sigmaData), sigmaData);
		return new TrainingPlan(steps, useHalf, sigmaData);
	}

	/** As asked for; that of the prior to begin from, whose weights belong to it; or measured. */
	private double sigmaData(final TrainingImages images) {
		if (!settings.start().isEmpty()) {
			try (NetworkPrior start = Priors.load(settings.start())) {
				if (settings.sigmadata() == 0 || settings.sigmadata() == start.sigmaData()) return start.sigmaData();
				throw new IllegalArgumentException("sigmadata: expected 0 or that of the prior to start from, " + start.sigmaData() + ", got " + settings.sigmadata() + ".");
			}
		}
		if (settings.sigmadata() > 0) return settings.sigmadata();
		return Math.round(1e4 * images.rootMeanSquare(settings.crop(), SampleRandom.generator(settings.seed(), -1))) / 1e4;
	}

	/** How many steps fit in the time, with the validations between them and a twentieth in reserve. */
	private long steps(final double secondsPerStep, final Validation validation, final double sigmaData) {
		try (Script network = UNet.build(design(sigmaData), settings.seed())) {
			validation.psnr(network::forward);
			final long start = System.nanoTime();
			validation.psnr(network::forward);
			final double total = 0.95 * 60 * settings.minutes(), validations = TrainingRun.VALIDATIONS * (System.nanoTime() - start) / 1e9;
			return Math.max(100, Math.round(Math.max(0.5 * total, total - validations) / secondsPerStep));
		}
	}

	/** The fastest of the last steps of a short trial; the first ones compile. */
	private double secondsPerStep(final TrainingImages images, final double sigmaData, final boolean half) {
		final double[] fastest = { Double.POSITIVE_INFINITY };
		try (Script network = UNet.build(design(sigmaData), settings.seed()); Trainer trial = trainer(network, images, MEASURED_STEPS, half, sigmaData)) {
			final long[] last = { System.nanoTime() };
			trial.run(Monitor.NONE, t -> {
				final double seconds = (System.nanoTime() - last[0]) / 1e9;
				if (t.step() > MEASURED_STEPS / 2) fastest[0] = Math.min(fastest[0], seconds);
				last[0] = System.nanoTime();
			});
		}
		return fastest[0];
	}

	private PriorMeta meta(final List<Volume> volumes, final Volume held, final TrainingPlan plan, final Trainer trainer, final double[] db,
		final boolean partial)
	{
		final List<String> data = new ArrayList<>(volumes.stream().map(v -> v.title() + ", " + v.width() + " x " + v.height() + " x " + v.depth()).toList());
		data.add("held out for validation: " + held.title());
		final Map<String, Double> validation = new LinkedHashMap<>();
		for (int l = 0; l < db.length; l++) validation.put(String.valueOf(Validation.LEVELS.get(l)), Math.round(100 * db[l]) / 100.0);
		final String version = "1" + (partial ? " (stopped at step " + trainer.step() + " of " + plan.steps() + ")" : "");
		return new PriorMeta(settings.name(), version, settings.licence(), data, settings.channels(), conditioning(), "edm", IntensityScale.of(settings.scaling()).text(),
			Trainer.SIGMA_MIN, Trainer.SIGMA_MAX, plan.sigmaData(), 1, validation, command);
	}

	private TrainedPrior result(final Path file, final PriorMeta meta, final TrainingPlan plan, final TrainingRun run, final TrainingCurve curve, final Volume held,
		final boolean partial) throws IOException
	{
		final Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("file", file);
		facts.put("steps", run.step() + " of " + plan.steps());
		facts.put("steps per second", String.format(Locale.ROOT, "%.2f", run.stepsPerSecond()));
		facts.put("precision", plan.half() ? "bfloat16" : "float32");
		facts.put("sigma data", plan.sigmaData());
		facts.put("loss", String.format(Locale.ROOT, "%.5f", run.loss()));
		meta.validation().forEach((sigma, db) -> facts.put("sigma " + sigma, db + " dB"));
		try (NetworkPrior prior = PriorFile.load(file)) {
			final PriorContract contract = PriorContract.of(prior);
			facts.put("verdict", contract.accepted() ? "accepted" : "refused, it needs more training: " + contract.refusals().get(0).replaceFirst(" - .*", ""));
			facts.put("weights", prior.weights());
			facts.put("sha256", prior.sha256());
			final Volume pictures = TrainingPictures.of(prior, held);
			final Path report = beside(file, ".html");
			TrainingReport.write(report, prior.meta(), facts, curve, pictures);
			return new TrainedPrior(file, report, facts, pictures, partial);
		}
	}

	/** {@code NAME.pt} with another ending. */
	private static Path beside(final Path file, final String ending) {
		return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.pt$", "") + ending);
	}

	private static void delete(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			for (final Path file : files.toList()) Files.delete(file);
		}
		Files.delete(folder);
	}
}
