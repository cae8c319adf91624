package org.posteriorj.io;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Trajectory;

/**
 * How far trajectories reach along ky and kx. Of spokes and spirals, whose shots end on an ellipse {@code (ky/a)^2 + (kx/b)^2 = 1}, its axes,
 * fitted by least squares: few shots end on the axes themselves. Of others the largest positions.
 */
final class TrajectoryReach {

	/** Of {@code (ky/a)^2 + (kx/b)^2} from 1: 2 % of the radius. */
	private static final double ON_ELLIPSE = 0.04;
	/** Of the largest positions: a smaller ellipse does not hold them, a larger one is a guess. */
	private static final double LEAST = 0.98, MOST = 1.25;
	/** Reaches this much alike are those of a circle. */
	private static final double CIRCLE = 0.9;

	private TrajectoryReach() {}

	/** Along ky and kx. */
	static double[] of(final List<Trajectory> trajectories) {
		double y = 0, x = 0;
		for (final Trajectory k : trajectories) {
			y = Math.max(y, Trajectory.reach(k.ky()));
			x = Math.max(x, Trajectory.reach(k.kx()));
		}
		final List<double[]> ends = new ArrayList<>();
		for (final Trajectory k : trajectories) addEnds(k, y, x, ends);
		final double[] axes = ellipse(ends);
		if (axes != null && fits(axes[0], y) && fits(axes[1], x)) return axes;
		final double larger = Math.max(y, x);
		return Math.min(y, x) > CIRCLE * larger ? new double[] { larger, larger } : new double[] { y, x };
	}

	private static boolean fits(final double axis, final double reach) {
		return axis >= LEAST * reach && axis <= MOST * reach;
	}

	/** Squares of the position of every shot that is farthest out. */
	private static void addEnds(final Trajectory k, final double tall, final double wide, final List<double[]> ends) {
		final double[] y = k.ky(), x = k.kx();
		for (int s = 0; s < k.shots(); s++) {
			int far = s * k.samples();
			for (int i = far; i < (s + 1) * k.samples(); i++) if (Math.hypot(y[i] / tall, x[i] / wide) > Math.hypot(y[far] / tall, x[far] / wide)) far = i;
			ends.add(new double[] { y[far] * y[far], x[far] * x[far] });
		}
	}

	/** Half axes along ky and kx, null if the points lie on none. */
	private static double[] ellipse(final List<double[]> ends) {
		double uu = 0, uv = 0, vv = 0, u = 0, v = 0;
		for (final double[] e : ends) {
			uu += e[0] * e[0];
			uv += e[0] * e[1];
			vv += e[1] * e[1];
			u += e[0];
			v += e[1];
		}
		final double determinant = uu * vv - uv * uv, p = (u * vv - v * uv) / determinant, q = (v * uu - u * uv) / determinant;
		if (!(p > 0 && q > 0)) return null;
		for (final double[] e : ends) if (Math.abs(p * e[0] + q * e[1] - 1) > ON_ELLIPSE) return null;
		return new double[] { 1 / Math.sqrt(p), 1 / Math.sqrt(q) };
	}
}
