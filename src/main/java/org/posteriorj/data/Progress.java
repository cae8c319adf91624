package org.posteriorj.data;

/**
 * Where an algorithm reports its steps and asks whether to go on.
 * <p>
 * One call per network evaluation or solver iteration; cheap enough for every step.
 */
@FunctionalInterface
public interface Progress {

	/** Never stops and shows nothing. */
	Progress NONE = (done, total, message) -> true;

	/**
	 * Reports a finished step.
	 *
	 * @param done steps finished so far
	 * @param total steps of the whole run
	 * @param message what is being done, one short phrase
	 * @return whether to go on; after {@code false} the algorithm throws {@link java.util.concurrent.CancellationException}
	 */
	boolean step(long done, long total, String message);

	/** Reports a finished step and throws when the user has asked to stop. */
	default void advance(final long done, final long total, final String message) {
		if (!step(done, total, message)) {
			throw new java.util.concurrent.CancellationException("stopped by the user after step " + done + " of " + total);
		}
	}
}
