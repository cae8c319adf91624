package org.posteriorj.host;

import java.util.Locale;

/** How long a run will still take, from the pace since its first step. */
final class RemainingTime {

	private final long start = System.nanoTime();

	/** {@code ", 1:05 left"}, or nothing in the first two seconds, when the pace is not known. */
	String text(final long done, final long total) {
		final double seconds = (System.nanoTime() - start) / 1e9;
		if (done < 1 || seconds < 2 || done >= total) return "";
		return format(seconds / done * (total - done));
	}

	static String format(final double seconds) {
		final long s = Math.round(seconds);
		return s < 3600 ? String.format(Locale.ROOT, ", %d:%02d left", s / 60, s % 60) : String.format(Locale.ROOT, ", %d:%02d:%02d left", s / 3600, s /
			60 % 60, s % 60);
	}
}
