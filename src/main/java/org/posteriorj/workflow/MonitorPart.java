package org.posteriorj.workflow;

import org.posteriorj.data.Chart;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;

/** One part of a workflow that has several: its steps are counted among those of the whole. */
final class MonitorPart implements Monitor {

	private final Monitor whole;
	private final long before;
	private final long size;
	private final long total;

	private MonitorPart(final Monitor whole, final long before, final long size, final long total) {
		this.whole = whole;
		this.before = before;
		this.size = size;
		this.total = total;
	}

	/**
	 * A part.
	 *
	 * @param before steps of the parts before
	 * @param size steps of this part
	 * @param total steps of all parts
	 */
	static Monitor of(final Monitor whole, final long before, final long size, final long total) {
		return new MonitorPart(whole, before, size, total);
	}

	@Override
	public boolean step(final long done, final long of, final String message) {
		return whole.step(before + size * done / Math.max(1, of), total, message);
	}

	@Override
	public void preview(final Volume image) {
		whole.preview(image);
	}

	@Override
	public void chart(final Chart chart) {
		whole.chart(chart);
	}
}
