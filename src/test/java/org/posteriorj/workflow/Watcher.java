package org.posteriorj.workflow;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;

/** Somebody who stops when an evaluation begins after the first picture was seen. */
final class Watcher implements Monitor {

	private Volume image;
	private int evaluations;
	private int stoppedIn;

	/** To be called when an evaluation begins. */
	void evaluate() {
		evaluations++;
		if (image != null && stoppedIn == 0) stoppedIn = evaluations;
	}

	/** The first picture. */
	Volume image() {
		return image;
	}

	/** The evaluation that was going on when the stop was asked for. */
	int stoppedIn() {
		return stoppedIn;
	}

	@Override
	public boolean step(final long done, final long total, final String message) {
		return stoppedIn == 0;
	}

	@Override
	public void preview(final Volume shown) {
		if (image == null) image = shown;
	}
}
