package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.SharedData;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.RawData;
import org.posteriorj.prior.ConditionRange;
import org.posteriorj.prior.NetworkPrior;
import org.posteriorj.prior.PriorFile;
import org.posteriorj.prior.Priors;
import org.posteriorj.prior.TestImage;
import org.posteriorj.prior.UNet;
import org.posteriorj.prior.WarmStart;
import org.posteriorj.prior.train.Validation;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

/** Training of a small network: it learns, survives being stopped and killed, and writes a file that works. */
class TrainPriorTest {

	@TempDir
	Path folder;

	private static final class Killed extends Error {

		private static final long serialVersionUID = 1;
	}

	private static TrainPriorSettings settings(final int channels, final String scaling, final int steps, final double minutes) {
		return new TrainPriorSettings("trial", "none", channels, scaling, "small", false, false, "", steps, minutes, 4, 32, 3e-3, "float32", false, false, 0, 2, 0, 5, 1);
	}

	/** Slices of a head that changes from slice to slice. */
	private static Volume volume(final double value) {
		final List<float[]> slices = IntStream.range(0, 40).mapToObj(z -> {
			final float[] slice = TestImage.of(64, 1).slices().get(0).clone();
			for (int i = 0; i < slice.length; i++) slice[i] *= (float) (value * (1 + 0.3 * Math.sin(0.1 * z + 0.02 * i)));
			return slice;
		}).toList();
		return new Volume("head", 64, 64, 1, slices, new VoxelSize(1, 1, 1), "");
	}

	private TrainedPrior train(final String file, final int steps, final Monitor monitor) throws IOException {
		return new TrainPrior(settings(2, "percentile", steps, 0), "posteriorj train-prior").run(List.of(volume(700)), volume(50), folder.resolve(file), monitor);
	}

	private static Monitor until(final long step, final boolean kill) {
		return (done, total, message) -> {
			if (done == step && kill) throw new Killed();
			return done < step;
		};
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void aRunThatIsStoppedAndKilledGivesTheSameWeightsAsOneThatIsNot() throws IOException {
		final TrainedPrior whole = train("whole.pt", 40, Monitor.NONE);
		assertFalse(whole.partial());
		assertEquals(List.of("whole.html", "whole.pt"), files());

		final TrainedPrior part = train("part.pt", 40, until(17, false));
		assertTrue(part.partial());
		assertEquals("17 of 40", part.facts().get("steps"));
		assertEquals(folder.resolve("part.partial.pt"), part.file());
		assertTrue(files().contains("part.training") && !files().contains("part.pt"), files().toString());

		assertThrows(Killed.class, () -> train("part.pt", 40, until(31, true)));
		final TrainedPrior rest = train("part.pt", 40, Monitor.NONE);
		assertEquals(whole.facts().get("sha256"), rest.facts().get("sha256"));
		assertEquals(whole.facts().get("loss"), rest.facts().get("loss"));
		assertEquals(List.of("part.html", "part.pt", "whole.html", "whole.pt"), files());
		final String svg = Files.readString(rest.report());
		assertEquals(svg.replace("part.pt", "").replaceAll("second</td><td>[^<]*", ""), Files.readString(whole.report()).replace("whole.pt", "").replaceAll(
			"second</td><td>[^<]*", ""));
	}

	@Test
	void anotherRunIsNotContinuedByMistake() throws IOException {
		train("a.pt", 40, until(3, false));
		final String message = assertThrows(IllegalArgumentException.class, () -> train("a.pt", 50, Monitor.NONE)).getMessage();
		assertTrue(message.contains("unfinished run with steps=40, asked for now is 50"), message);
	}

	@Test
	void itLearnsAndTheFileWorks() throws IOException {
		final TrainedPrior trained = train("learned.pt", 250, Monitor.NONE);
		assertEquals("accepted", trained.facts().get("verdict"));
		final double db = Double.parseDouble(trained.facts().get("sigma 0.2").toString().replace(" dB", ""));
		assertTrue(db > 13.5, "noisy it has 10.97 dB, denoised " + db);
		assertEquals(6, trained.pictures().depth());
		try (NetworkPrior prior = Priors.load(folder.resolve("learned.pt").toString())) {
			assertEquals("trial", prior.name());
			assertEquals(trained.facts().get("sha256"), prior.meta().sha256());
			assertEquals("posteriorj train-prior", prior.meta().command());
			assertEquals(6, prior.meta().validation().size());
			Scopes.run(() -> {
				final var clean = Tensors.of(TestImage.of(64, 2).slices().get(0), 1, 2, 64, 64);
				final var noisy = Tensors.add(clean, 0.2, SampleRandom.single(1, 1).normal(2, 64, 64));
				final double before = Tensors.squaredNorm(noisy.sub(clean))[0], after = Tensors.squaredNorm(prior.denoise(noisy, 0.2).sub(clean))[0];
				assertTrue(after < 0.5 * before, after + " of " + before);
			});
		}
		final String report = Files.readString(trained.report());
		assertTrue(report.contains("<svg") && report.contains("data:image/png;base64,") && report.contains("sha256"));
	}

	@Test
	void aRunThatDoesNotFitIsRefusedBeforeItStarts() {
		final TrainPriorSettings huge = new TrainPriorSettings("huge", "none", 2, "percentile", "large", false, false, "", 10, 0, 4096, 1024, 1e-3, "float32", false, false, 0, 2, 0, 5, 1);
		final String message = assertThrows(IllegalArgumentException.class, () -> new TrainPrior(huge, "").run(List.of(volume(1)), volume(1), folder.resolve(
			"huge.pt"), Monitor.NONE)).getMessage();
		assertTrue(message.contains("GB are free") && message.contains("smaller batch"), message);
	}

	private TrainPriorSettings conditional(final boolean consistency, final String start, final int steps) {
		return new TrainPriorSettings("trial", "none", 2, "percentile", "small", true, consistency, start, steps, 0, 4, 32, 3e-3, "float32", false, false, 0, 2, 0, 5, 1);
	}

	/** A network that sees the data must denoise better than it does without, where noise has drowned the image. */
	@Test
	void aConditionalNetworkLearnsToUseItsCondition() throws IOException {
		for (final boolean consistency : new boolean[] { false, true }) {
			final Path file = folder.resolve("conditional" + consistency + ".pt");
			final TrainedPrior trained = new TrainPrior(conditional(consistency, "", 120), "posteriorj").run(List.of(volume(700)), volume(50), file, Monitor.NONE);
			final double with = Double.parseDouble(trained.facts().get("sigma 1.0").toString().replace(" dB", ""));
			try (NetworkPrior prior = PriorFile.load(file)) {
				assertEquals(4, prior.conditioning());
				final double without = new Validation(volume(1 / 1.3), 2, 2).psnr((noisy, sigma) -> prior.denoise(noisy, sigma.item_float()))[5];
				assertTrue(with > without + 0.5, "consistency " + consistency + ": with a condition " + with + ", without " + without);
				final ConditionRange range = prior.trainedOn().orElseThrow();
				assertTrue(range.leastOpen() >= 0 && range.leastOpen() < range.mostOpen() && range.mostOpen() < 1, range.toString());
				assertTrue(range.misfit() > 0 && range.misfit() < 5, range.toString());
			}
		}
	}

	@Test
	void aStoppedConditionalTrainingGoesOnWithTheSameNumbers() throws IOException {
		final List<Volume> images = List.of(volume(700));
		final TrainPrior train = new TrainPrior(conditional(true, "", 14), "posteriorj");
		final TrainedPrior whole = train.run(images, volume(50), folder.resolve("w.pt"), Monitor.NONE);
		assertTrue(train.run(images, volume(50), folder.resolve("p.pt"), until(6, false)).partial());
		assertEquals(whole.facts().get("sha256"), train.run(images, volume(50), folder.resolve("p.pt"), Monitor.NONE).facts().get("sha256"));
	}

	/** The weights of further channels begin at zero, and a condition of zeros says nothing: it begins as the same denoiser. */
	@Test
	void aTrainingCanBeginFromAPrior() throws IOException {
		final List<Volume> images = List.of(volume(700));
		train("first.pt", 250, Monitor.NONE);
		final String start = folder.resolve("first.pt").toString();
		try (NetworkPrior first = PriorFile.load(folder.resolve("first.pt"));
				Script wider = UNet.build(UNet.Design.small(2, 4, first.sigmaData()), 1))
		{
			WarmStart.copy(first, wider);
			Scopes.run(() -> {
				final Tensor noisy = SampleRandom.single(1, 1).normal(2, 40, 32), condition = Tensors.zeros(1, 4, 40, 32);
				final float[] begun = Tensors.toFloats(wider.forward(Tensors.channels(noisy, condition), Tensors.of(new float[] { 0.3f }, 1)));
				final float[] known = Tensors.toFloats(first.denoise(noisy, 0.3));
				double largest = 0;
				for (int i = 0; i < known.length; i++) largest = Math.max(largest, Math.abs(begun[i] - known[i]));
				assertTrue(largest < 1e-5, "differs by " + largest);
			});
		}
		final TrainPriorSettings other = new TrainPriorSettings("trial", "none", 2, "percentile", "laptop", true, false, start, 2, 0, 4, 32, 3e-3, "float32", false, false, 0, 2, 0, 5, 1);
		final String message = assertThrows(IllegalArgumentException.class, () -> new TrainPrior(other, "").run(images, volume(50), folder.resolve("o.pt"),
			Monitor.NONE)).getMessage();
		assertTrue(message.startsWith("start: the network of prior trial does not fit"), message);
	}

	@Test
	void minutesBecomeSteps() throws IOException {
		final TrainedPrior trained = new TrainPrior(settings(1, "percentile", 0, 0.02), "").run(List.of(volume(1)), volume(1), folder.resolve("m.pt"), until(5,
			false));
		assertTrue(trained.facts().get("steps").toString().matches("5 of \\d{3,}"), trained.facts().toString());
	}

	@Test
	void computedTomographyKeepsItsUnits() throws IOException {
		final Volume ct = RawData.readVolume(SharedData.path("ct/ge-head/volume.nii.gz"));
		final TrainedPrior trained = new TrainPrior(settings(1, "hounsfield", 20, 0), "").run(List.of(ct), ct, folder.resolve("ct.pt"), Monitor.NONE);
		assertEquals("20 of 20", trained.facts().get("steps"));
		try (NetworkPrior prior = PriorFile.load(trained.file())) {
			assertTrue(prior.meta().scaling().startsWith("hounsfield"), prior.meta().scaling());
			assertEquals(0.9, prior.sigmaData(), 0.3);
		}
	}
}
