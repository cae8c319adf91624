package org.posteriorj.host;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NonCartesianKSpace;

import ij.ImagePlus;

/** Windows of MRI scans, on a Cartesian grid or along a trajectory. */
public final class MriWindows {

	private MriWindows() {}

	/** The window of a scan. */
	public static ImagePlus image(final MriScan scan) {
		return scan instanceof KSpace kspace ? KSpaceWindow.image(kspace) : NonCartesianWindow.image((NonCartesianKSpace) scan);
	}

	/**
	 * The scan of a window.
	 *
	 * @throws IllegalArgumentException if the image is no window of raw MRI data, or a damaged one
	 */
	public static MriScan scan(final ImagePlus image) {
		return NonCartesianWindow.accepts(image) ? NonCartesianWindow.scan(image) : KSpaceWindow.kspace(image);
	}
}
