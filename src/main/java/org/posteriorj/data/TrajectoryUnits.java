package org.posteriorj.data;

import java.util.List;

/**
 * How the numbers of a trajectory in a file are meant.
 *
 * @param units auto, cycles/FOV, cycles/pixel or radians/pixel
 * @param size rows and columns of the image in pixels; 0 = as the file says, or as the trajectory reaches
 */
public record TrajectoryUnits(String units, int size) {

	/** Values of {@code units}. */
	public static final List<String> UNITS = List.of("auto", "cycles/FOV", "cycles/pixel", "radians/pixel");
	/** Everything as the file says. */
	public static final TrajectoryUnits AUTO = new TrajectoryUnits("auto", 0);

	/** What reaches to the edge of k-space is 1/2 in cycles and pi in radians per pixel; some files go a little beyond. */
	private static final double SLACK = 1.05;

	public TrajectoryUnits {
		if (!UNITS.contains(units)) throw new IllegalArgumentException("units: expected one of " + String.join(", ", UNITS) + ", got '" + units + "'.");
		if (size < 0 || size > 8192) throw new IllegalArgumentException("size: expected 0 to 8192 pixels, got " + size + ".");
	}

	/** With {@code auto} replaced by what the largest position tells. */
	public TrajectoryUnits resolved(final double reach) {
		if (!units.equals("auto")) return this;
		return new TrajectoryUnits(reach <= 0.5 * SLACK ? "cycles/pixel" : reach <= Math.PI * SLACK ? "radians/pixel" : "cycles/FOV", size);
	}

	/** Pixels of the image along an axis if no file says so: what the option says, or what a trajectory in cycles/FOV reaches. */
	public int pixels(final double reach) {
		if (size > 0) return size;
		if (units.equals("cycles/FOV")) return 2 * (int) Math.ceil(reach - 1e-3);
		throw new IllegalArgumentException("trajectory: in " + units + ", its reach of " + (float) reach +
			" does not say how many pixels the image has - give the option size.");
	}

	/** What a position is multiplied with to be in cycles per field of view. */
	public double factor(final int pixels) {
		return units.equals("cycles/FOV") ? 1 : units.equals("cycles/pixel") ? pixels : pixels / (2 * Math.PI);
	}
}
