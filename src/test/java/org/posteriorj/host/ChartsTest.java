package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Chart;

class ChartsTest {

	/** Extremes would not be seen on the frame. */
	@Test
	void everyValueLiesWithinTheFrame() {
		final double[] x = new double[40], y = new double[40], flat = new double[40];
		for (int i = 0; i < 40; i++) x[i] = i;
		y[39] = 1;
		y[0] = -2;
		final Chart.Line peak = new Chart.Line("peak", x, y), constant = new Chart.Line("constant", x, flat);
		final double[] limits = Charts.plot(new Chart("", "x", "y", List.of(constant, peak))).getLimits();
		assertTrue(limits[0] <= 0 && limits[1] >= 39 && limits[2] < -2 && limits[3] > 1, java.util.Arrays.toString(limits));
		final double[] around = Charts.plot(new Chart("", "x", "y", List.of(constant))).getLimits();
		assertTrue(around[2] < 0 && around[3] > 0);
	}
}
