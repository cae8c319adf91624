package org.posteriorj.data;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user says about a scan along a trajectory; comes before what its files say.
 *
 * @param file the positions, if they are not in the file of the samples; null = the file of the usual name beside it, if there is one
 * @param units one of {@link #UNITS}
 * @param rows rows of the image, 0 = as the file says, or as far as the positions reach
 * @param columns columns of the image, likewise
 */
public record TrajectoryOptions(Path file, String units, int rows, int columns) {

	private static final String AUTO = "auto";
	/** Of a unit each. */
	public static final String FOV = "cycles/FOV", PIXEL = "cycles/pixel", RADIANS = "radians/pixel", METRE = "cycles/m";

	/** Values of {@code units}. */
	public static final List<String> UNITS = List.of(AUTO, FOV, PIXEL, RADIANS, METRE);

	/** Nothing said. */
	public static final TrajectoryOptions NONE = new TrajectoryOptions(null, AUTO, 0, 0);

	private static final int LARGEST = 8192;

	public TrajectoryOptions {
		if (!UNITS.contains(units)) throw new IllegalArgumentException("units: expected one of " + String.join(", ", UNITS) + "; got '" + units + "'.");
		require("rows", rows);
		require("columns", columns);
	}

	private static void require(final String key, final int size) {
		if (size < 0 || size > LARGEST) throw new IllegalArgumentException(key + ": expected 0 to " + LARGEST + ", got " + size + ".");
	}

	/** Whether the units are to be found out. */
	public boolean automatic() {
		return units.equals(AUTO);
	}
}
