package org.posteriorj.host;

import java.io.PrintStream;

import org.posteriorj.data.Monitor;

/** Progress in one line of a terminal; silent where nobody is watching. */
final class ConsoleProgress implements Monitor {

	private static final long INTERVAL = 200_000_000;

	private final PrintStream terminal;
	private final RemainingTime clock = new RemainingTime();
	private long last;

	ConsoleProgress(final PrintStream err) {
		terminal = System.console() == null ? null : err;
	}

	@Override
	public boolean step(final long done, final long total, final String message) {
		if (terminal == null || done < total && System.nanoTime() - last < INTERVAL) return true;
		last = System.nanoTime();
		terminal.print("\r\033[K" + message + ", " + done + " of " + total + clock.text(done, total) + (done < total ? "" : "\n"));
		terminal.flush();
		return true;
	}
}
