package org.posteriorj.data;

/** Progress of a workflow, with pictures of what it has so far. */
public interface Monitor extends Progress {

	/** Never stops and shows nothing. */
	Monitor NONE = (done, total, message) -> true;

	/** Shows the running mean, or before the first sample is finished what is known of it; called every few seconds at most. */
	default void preview(final Volume image) {}

	/** Shows curves that grow while a workflow runs, such as those of a training; called every few seconds at most. */
	default void chart(final Chart chart) {}
}
