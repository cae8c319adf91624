package org.posteriorj.host;

import java.util.function.BooleanSupplier;

import org.posteriorj.data.Chart;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Plot;
import ij.gui.PlotWindow;

/** Progress in ImageJ's status bar with the remaining time; the Escape key stops. */
final class StatusBar implements Monitor, AutoCloseable {

	private final RemainingTime clock = new RemainingTime();
	private final BooleanSupplier canceled;
	private ImagePlus window;
	private PlotWindow plot;

	StatusBar(final BooleanSupplier canceled) {
		this.canceled = canceled;
		IJ.resetEscape();
	}

	/** Shows the image so far in one window, which is closed at the end. */
	@Override
	public void preview(final Volume image) {
		if (IJ.getInstance() == null || IJ.isMacro()) return;
		final ImagePlus next = Windows.image(image.magnitude());
		if (window == null) {
			window = next;
			window.show();
		}
		else {
			window.setTitle(next.getTitle());
			window.setStack(next.getStack());
			window.setDisplayRange(next.getDisplayRangeMin(), next.getDisplayRangeMax());
			window.updateAndDraw();
		}
	}

	/** Shows the curves in one window, which stays open. */
	@Override
	public void chart(final Chart chart) {
		if (IJ.getInstance() == null || IJ.isMacro()) return;
		final Plot next = Charts.plot(chart);
		if (plot == null || plot.isClosed()) plot = next.show();
		else plot.drawPlot(next);
	}

	@Override
	public void close() {
		IJ.showProgress(1);
		if (window == null) return;
		window.changes = false;
		window.close();
	}

	@Override
	public boolean step(final long done, final long total, final String message) {
		IJ.showProgress((double) done / Math.max(1, total));
		IJ.showStatus(message + ", " + done + " of " + total + clock.text(done, total));
		return !canceled.getAsBoolean() && !Thread.currentThread().isInterrupted() && !IJ.escapePressed();
	}
}
