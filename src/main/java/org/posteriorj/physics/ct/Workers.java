package org.posteriorj.physics.ct;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.posteriorj.tensor.LibTorch;

/** Runs independent pieces of an array loop on as many threads as libtorch uses. */
final class Workers {

	private Workers() {}

	/** Calls {@code task} with 0 ... tasks - 1, each once, in no particular order; the pieces must write to different places. */
	static void each(final int tasks, final IntConsumer task) {
		final int threads = Math.min(tasks, LibTorch.threads());
		if (threads <= 1) {
			for (int i = 0; i < tasks; i++) task.accept(i);
			return;
		}
		final AtomicInteger next = new AtomicInteger();
		IntStream.range(0, threads).parallel().forEach(worker -> {
			for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) task.accept(i);
		});
	}
}
