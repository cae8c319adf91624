package org.posteriorj.physics.ct;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** How much of the ramp filter is left at a frequency: the trade of sharpness for noise. */
public enum FilterWindow {

	RAM_LAK("Ram-Lak", f -> 1),
	SHEPP_LOGAN("Shepp-Logan", f -> f == 0 ? 1 : Math.sin(Math.PI * f / 2) / (Math.PI * f / 2)),
	COSINE("Cosine", f -> Math.cos(Math.PI * f / 2)),
	HAMMING("Hamming", f -> 0.54 + 0.46 * Math.cos(Math.PI * f)),
	HANN("Hann", f -> 0.5 + 0.5 * Math.cos(Math.PI * f));

	private final String key;
	private final DoubleUnaryOperator factor;

	FilterWindow(final String key, final DoubleUnaryOperator factor) {
		this.key = key;
		this.factor = factor;
	}

	/** The word for it in options. */
	public String key() {
		return key;
	}

	/** Factor at frequency {@code f}, 0 to 1 in units of the highest. */
	public double factor(final double f) {
		return factor.applyAsDouble(f);
	}

	/** The window for a word. */
	public static FilterWindow of(final String key) {
		return Arrays.stream(values()).filter(window -> window.key.equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException(
			"filter window: expected one of " + Arrays.stream(values()).map(FilterWindow::key).toList() + ", got '" + key + "'."));
	}
}
