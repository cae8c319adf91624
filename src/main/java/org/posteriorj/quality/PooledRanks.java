package org.posteriorj.quality;

import java.util.List;

/**
 * Ranks of one image per scan among the others of its scan, averaged over scans; scans count alike.
 *
 * @param shares share of ranks 0 to K
 * @param coverage how often the 5-95 % interval of the others holds it
 * @param spread mean variance of the others
 * @param error mean squared distance to the mean of the others
 * @param own mean of its entries
 * @param others mean of the entries of the others
 */
record PooledRanks(double[] shares, double coverage, double spread, double error, double own, double others) {

	/** Pools item {@code choice[n]} of scan n. */
	static PooledRanks of(final List<ScanRanks> scans, final int[] choice) {
		final int count = scans.get(0).samples() + 1;
		final double[] shares = new double[count];
		double coverage = 0, spread = 0, error = 0, own = 0, others = 0;
		for (int n = 0; n < choice.length; n++) {
			final ScanRanks scan = scans.get(n);
			final int item = choice[n];
			final double weight = 1.0 / ((double) scan.entries() * choice.length);
			for (int r = 0; r < count; r++) shares[r] += weight * scan.ranks()[item][r];
			coverage += weight * scan.inside()[item];
			spread += weight * scan.spread()[item];
			error += weight * scan.error()[item];
			own += weight * scan.level()[item];
			double all = 0;
			for (final double level : scan.level()) all += level;
			others += weight * (all - scan.level()[item]) / (count - 1);
		}
		return new PooledRanks(shares, coverage, spread, error, own, others);
	}

	int samples() {
		return shares.length - 1;
	}
}
