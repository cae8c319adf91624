package org.posteriorj.workflow;

import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;

/**
 * A CT scan of one slice with fewer views and wider detector pixels over the same field of view: neighbouring detector pixels are averaged,
 * and views left out at equal distances.
 */
record CoarseCt(Sinogram scan, int everyView, int detectorsTogether) {

	/** At most so many views and detector pixels of slice z. */
	static CoarseCt of(final Sinogram scan, final int z, final int views, final int detectors) {
		final int every = ceil(scan.views(), views), together = ceil(scan.detectors(), detectors), n = scan.detectors() / together;
		final Geometry g = scan.geometry();
		final double[] all = g.angles();
		final int[] kept = IntStream.range(0, scan.views()).filter(v -> v % every == 0).toArray();
		final double offset = g.detectorPosition((together * n - 1) / 2.0, scan.detectors());
		final Geometry coarse = new Geometry(g.beam(), IntStream.of(kept).mapToDouble(v -> all[v]).toArray(), g.detectorPitch() * together, g.sourceToOrigin(), g
			.sourceToDetector(), offset, g.imagePixel(), g.photons() == null ? null : g.photons() * together);
		final CoarseCt made = new CoarseCt(scan, every, together);
		return new CoarseCt(new Sinogram(scan.title(), kept.length, n, List.of(made.mean(scan.slices().get(z), scan.detectors())), coarse, scan.sliceDistance(), scan
			.reading()), every, together);
	}

	/** Values [view][detector] of the scan as it was, on the views and detector pixels that are left. */
	float[] mean(final float[] values, final int detectors) {
		final int views = ceil(values.length / detectors, everyView), n = detectors / detectorsTogether;
		final float[] mean = new float[views * n];
		for (int v = 0; v < views; v++) for (int d = 0; d < n * detectorsTogether; d++) {
			mean[v * n + d / detectorsTogether] += values[v * everyView * detectors + d] / detectorsTogether;
		}
		return mean;
	}

	private static int ceil(final int all, final int wanted) {
		return (all + wanted - 1) / wanted;
	}
}
