package org.posteriorj.host;

import java.util.Collection;
import java.util.Comparator;

/** The word that was probably meant. */
final class Nearest {

	private Nearest() {}

	/** A candidate that begins the same way, or the one with the fewest insertions, deletions and replacements of letters. */
	static String of(final String word, final Collection<String> candidates) {
		for (final String candidate : candidates) {
			if (word.length() > 1 && candidate.regionMatches(true, 0, word, 0, word.length())) return candidate;
		}
		return candidates.stream().min(Comparator.comparingInt(c -> distance(word, c))).orElse("");
	}

	private static int distance(final String a, final String b) {
		int[] previous = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) previous[j] = j;
		for (int i = 1; i <= a.length(); i++) {
			final int[] current = new int[b.length() + 1];
			current[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				final int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
			}
			previous = current;
		}
		return previous[b.length()];
	}
}
