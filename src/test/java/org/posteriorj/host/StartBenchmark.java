package org.posteriorj.host;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.scijava.command.CommandModule;

/**
 * Seconds from the start of Java to the first step of {@code reconstruct-mri} on the sample scan, on the clock and of the main thread's
 * processor: what the clock would show on a computer that does nothing else. Run by hand.
 */
public final class StartBenchmark {

	private StartBenchmark() {}

	/** No arguments. */
	public static void main(final String[] args) throws Exception {
		final CommandModule module = CommandCatalogue.find("reconstruct-mri").module();
		final PosteriorCommand command = (PosteriorCommand) module.getCommand();
		command.check();
		module.setInput("input", command.open(Path.of("sample-data/brain-8coil-r4.npy")));
		command.setMonitor((done, total, message) -> {
			if (done == 0) return true;
			System.out.printf(Locale.ROOT, "first step after %.2f s, %.2f s of the main thread's processor%n", (System.currentTimeMillis() - ManagementFactory
				.getRuntimeMXBean().getStartTime()) / 1e3, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
			return false;
		});
		try {
			command.run();
		}
		catch (final CancellationException exc) {
			System.exit(0);
		}
	}
}
