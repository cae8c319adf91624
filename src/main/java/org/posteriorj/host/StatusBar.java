package org.posteriorj.host;

import java.util.function.BooleanSupplier;

import org.posteriorj.data.Monitor;

import ij.IJ;

/** Progress in ImageJ's status bar with the remaining time; the Escape key stops. */
final class StatusBar implements Monitor {

	private final RemainingTime clock = new RemainingTime();
	private final BooleanSupplier canceled;

	StatusBar(final BooleanSupplier canceled) {
		this.canceled = canceled;
		IJ.resetEscape();
	}

	@Override
	public boolean step(final long done, final long total, final String message) {
		IJ.showProgress((double) done / Math.max(1, total));
		IJ.showStatus(message + ", " + done + " of " + total + clock.text(done, total));
		return !canceled.getAsBoolean() && !Thread.currentThread().isInterrupted() && !IJ.escapePressed();
	}
}
