package org.posteriorj.prior;

import java.util.List;

import com.google.gson.Gson;

/**
 * How a network that others made wants to be called: the optional part {@code convention} of {@code meta.json}. What is
 * absent has the default written here.
 *
 * @param process how noisy images are made: {@code vp} (default; {@code c (x0 + sigma n), c = 1 / sqrt(1 + sigma^2)}) or
 *          {@code ve} ({@code x0 + sigma n}); for eps, score and x0
 * @param label what the second argument of {@code forward} is, see {@link NoiseLabel}
 * @param betaMin first noise rate: 1e-4 of the discrete tables, 0.1 of the continuous VP process
 * @param betaMax last noise rate: 2e-2 of the discrete tables, 20 of the continuous VP process
 * @param steps length of a discrete table, 1000
 * @param sigmas noise levels of the label {@code table}, in the order of its indices, rising or falling
 * @param fractional whether a discrete network understands indices between whole numbers; false
 * @param timeScale factor on a continuous time: 999 of the continuous VP process, 1 of a flow
 * @param noiseAt time at which the images of a flow are pure noise, 1 (default) or 0
 * @param rangeScale factor from prior units to the network's pixel values, 1
 * @param rangeShift offset from prior units to the network's pixel values, 0
 * @param rows the only number of rows that the network takes, absent if it takes any
 * @param columns the only number of columns that the network takes, absent if it takes any
 */
public record Convention(String process, String label, Double betaMin, Double betaMax, Integer steps, List<Double> sigmas,
	boolean fractional, Double timeScale, Integer noiseAt, Double rangeScale, Double rangeShift, Integer rows, Integer columns)
{

	private static final int MOST_STEPS = 100_000;

	/** Everything at its default. */
	static final Convention NONE = new Convention(null, null, null, null, null, null, false, null, null, null, null, null, null);

	boolean variancePreserving() {
		return !"ve".equals(process);
	}

	boolean fixedSize() {
		return rows != null;
	}

	static double or(final Double value, final double otherwise) {
		return value == null ? otherwise : value;
	}

	static int or(final Integer value, final int otherwise) {
		return value == null ? otherwise : value;
	}

	/** What is wrong with it, null if nothing. */
	String complaint() {
		if (process != null && !process.equals("vp") && !process.equals("ve")) return "process must be vp or ve, got " + process;
		if (label != null && !NoiseLabel.KINDS.contains(label)) return "label must be one of " + NoiseLabel.KINDS + ", got " + label;
		if (steps != null && (steps < 2 || steps > MOST_STEPS)) return "steps must be 2 to " + MOST_STEPS + ", got " + steps;
		if (!(or(betaMin, 0.1) > 0 && or(betaMax, 20) < 1e3 && or(betaMin, 0) < or(betaMax, 20))) return "needs 0 < betaMin < betaMax < 1000";
		if ("table".equals(label) && !monotone()) return "label table needs at least two sigmas, positive and all rising or all falling";
		if (!(or(timeScale, 1) > 0 && or(timeScale, 1) < 1e6)) return "timeScale must be positive, got " + timeScale;
		if (noiseAt != null && noiseAt != 0 && noiseAt != 1) return "noiseAt must be 0 or 1, got " + noiseAt;
		if (!(or(rangeScale, 1) > 0 && or(rangeScale, 1) < 1e6)) return "rangeScale must be positive, got " + rangeScale;
		if (!(Math.abs(or(rangeShift, 0)) < 1e6)) return "rangeShift must be a number, got " + rangeShift;
		if (rows == null != (columns == null)) return "a fixed size needs rows and columns";
		if (rows != null && (Math.min(rows, columns) < 8 || Math.max(rows, columns) > 8192)) return "rows and columns must be 8 to 8192, got " + rows + " x " +
			columns;
		return null;
	}

	/** What was given, as it stands in {@code meta.json}. */
	@Override
	public String toString() {
		return new Gson().toJson(this);
	}

	private boolean monotone() {
		if (sigmas == null || sigmas.size() < 2 || sigmas.size() > MOST_STEPS || sigmas.contains(null)) return false;
		final boolean rising = sigmas.get(1) > sigmas.get(0);
		for (int i = 0; i < sigmas.size(); i++) {
			if (!(sigmas.get(i) > 0) || Double.isInfinite(sigmas.get(i))) return false;
			if (i > 0 && (rising ? sigmas.get(i) <= sigmas.get(i - 1) : sigmas.get(i) >= sigmas.get(i - 1))) return false;
		}
		return true;
	}
}
