package org.posteriorj;

import java.lang.management.ManagementFactory;

/** Time that a busy machine does not stretch. */
public final class ProcessorTime {

	private ProcessorTime() {}

	/** Processor time of all threads of this program so far, seconds. */
	public static double seconds() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
	}
}
