package org.posteriorj.tensor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A thread that is inside libtorch, so that the program can end beside it.
 * <p>
 * NB: at exit the C++ runtime destroys libtorch's static objects while other threads go on; a convolution that returns then uses a freed oneDNN
 * stream, and the program dies of a segmentation fault instead of ending (quit, Ctrl-C and kill alike). A shutdown hook waits until no thread
 * computes, and threads that want to begin an operation after that wait forever, which ends with the program.
 */
final class Computing implements AutoCloseable {

	private static final long LONGEST_WAIT_MS = 20_000, POLL_MS = 5;

	private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();
	private static final Computing FIRST = new Computing(), INNER = new Computing();

	private static volatile boolean ending;

	private Computing() {}

	/** Called once, when libtorch starts. */
	static void endSafely() {
		Runtime.getRuntime().addShutdownHook(new Thread(Computing::awaitIdle, "PosteriorJ end of computing"));
	}

	/** Begins work of this thread, to be closed at its end; may be nested. */
	static Computing begin() {
		final boolean first = THREADS.add(Thread.currentThread());
		if (ending) waitForever();
		return first ? FIRST : INNER;
	}

	@Override
	public void close() {
		if (this == FIRST) THREADS.remove(Thread.currentThread());
	}

	private static synchronized void waitForever() {
		THREADS.remove(Thread.currentThread());
		while (true) {
			try {
				Computing.class.wait();
			}
			catch (final InterruptedException exc) {
				// the program ends: there is nobody to tell
			}
		}
	}

	/** NB: a thread that waits for another, the one that ends the program included, is in Java and computes nothing. */
	private static void awaitIdle() {
		ending = true;
		final long end = System.currentTimeMillis() + LONGEST_WAIT_MS;
		while (System.currentTimeMillis() < end && THREADS.stream().anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE)) {
			try {
				Thread.sleep(POLL_MS);
			}
			catch (final InterruptedException exc) {
				return;
			}
		}
	}
}
