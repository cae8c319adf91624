package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posteriorj.sampler.SingleCoilTruth.FIELD;
import static org.posteriorj.sampler.SingleCoilTruth.MIXTURE;
import static org.posteriorj.sampler.SingleCoilTruth.SIGMA;
import static org.posteriorj.sampler.SingleCoilTruth.SIZE;
import static org.posteriorj.sampler.SingleCoilTruth.active;
import static org.posteriorj.sampler.SingleCoilTruth.all;
import static org.posteriorj.sampler.SingleCoilTruth.field;
import static org.posteriorj.sampler.SingleCoilTruth.order;
import static org.posteriorj.sampler.SingleCoilTruth.pairs;
import static org.posteriorj.sampler.SingleCoilTruth.random;
import static org.posteriorj.sampler.SingleCoilTruth.texture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Decision;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.mri.LineScan;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** What a run of {@link ActiveSubsampling} keeps to, whatever the prior. */
class ActiveSubsamplingTest {

	@Test
	void onlyChosenLinesAreLookedAt() {
		final ActiveSubsampling active = active(12, 2, AcquisitionScore.VARIANCE, 2);
		final SingleCoilTruth truth = texture(0, 7);
		final List<Integer> order = order(MIXTURE, truth, active, 4);
		assertEquals(12, order.size());
		assertEquals(order, order(MIXTURE, truth.poisoned(order), active, 4));
		// and what they hold matters
		assertNotEquals(order, order(MIXTURE, texture(1, 7), active, 4));
	}

	@Test
	void theSameSeedGivesTheSameLinesAndParticles() {
		final float[][] images = new float[2][];
		final List<List<Integer>> orders = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			final int now = i;
			try (LineScan scan = field(2).scan(SIZE / 2)) {
				Scopes.run(() -> images[now] = Tensors.toFloats(active(6, 1, AcquisitionScore.KL, 2).run(FIELD, scan, 0, random(11, 4), Progress.NONE, (decision,
					particles) -> {})));
				orders.add(scan.order());
			}
		}
		assertEquals(orders.get(0), orders.get(1));
		assertArrayEquals(images[0], images[1]);
	}

	@Test
	void decisionsAreLogged() {
		final List<Decision> log = new ArrayList<>();
		final ActiveSubsampling active = active(20, 3, AcquisitionScore.VARIANCE, 3);
		final long[] evaluations = new long[1];
		try (LineScan scan = field(4).scan(30, 31, 32, 33, 34)) {
			Scopes.run(() -> active.run(FIELD, scan, 0, random(1, 8), (done, total, message) -> {
				evaluations[0] = done;
				return total == active.evaluations(5);
			}, (decision, particles) -> {
				assertEquals(8, particles.size(0));
				log.add(decision);
			}));
			assertEquals(active.evaluations(5), evaluations[0]);
			assertEquals(20, scan.order().size());
			assertEquals(scan.order().subList(5, 20), log.stream().flatMap(d -> d.lines().stream()).toList());
		}
		assertEquals(5, log.size());
		for (int i = 0; i < log.size(); i++) {
			final Decision d = log.get(i);
			assertEquals(12L * (i + 1), d.step());
			assertEquals(SIZE, d.scores().size());
			assertTrue(Double.isNaN(d.scores().get(32)) && d.scores().get(d.lines().get(0)) > 0);
			assertTrue(i == 0 || d.uncertainty() < log.get(i - 1).uncertainty());
			// what came is what was expected
			assertEquals(1, d.surprise(), 0.6);
		}
	}

	@Test
	void whatIsChosenIsKeptWhenStopped() {
		try (LineScan scan = field(4).scan(32)) {
			assertThrows(CancellationException.class, () -> Scopes.run(() -> active(20, 1, AcquisitionScore.VARIANCE, 2).run(FIELD, scan, 0, random(1, 4), (done,
				total, message) -> done < 30, (decision, particles) -> {})));
			assertEquals(4, scan.order().size());
		}
	}

	@Test
	void linesThatCannotBeMeasuredAreNotChosen() {
		final boolean[] possible = new boolean[SIZE];
		for (final int line : List.of(10, 32, 50)) possible[line] = true;
		final SingleCoilTruth truth = field(5);
		try (LineScan scan = Scopes.compute(() -> new LineScan(Complex.fromPairs(Tensors.of(pairs(SIZE), 1, SIZE, SIZE, 2)), all(SIZE), possible,
			line -> Arrays.copyOfRange(truth.kspace(), 2 * SIZE * line, 2 * SIZE * (line + 1)), SIGMA)))
		{
			scan.measure(List.of(32));
			assertThrows(IllegalArgumentException.class, () -> scan.measure(List.of(32)));
			assertThrows(IllegalArgumentException.class, () -> scan.measure(List.of(33)));
			Scopes.run(() -> active(9, 1, AcquisitionScore.VARIANCE, 1).run(FIELD, scan, 0, random(1, 4), Progress.NONE, (decision, particles) -> {}));
			assertEquals(List.of(10, 32, 50), scan.order().stream().sorted().toList());
		}
	}
}
