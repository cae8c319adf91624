package org.posteriorj.workflow;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;

import javax.imageio.ImageIO;

import org.posteriorj.data.Volume;

/** A slice as an 8-bit picture inside an HTML page, black at a low value and white at a high one. */
final class HtmlPicture {

	/** All but the brightest thousandth is shown. */
	private static final double SHOWN = 0.999;

	private final float[] slice;
	private final int columns;
	private final int rows;
	private final double low;
	private final double high;

	/** Slice z of a real volume. */
	HtmlPicture(final Volume volume, final int z, final double low, final double high) {
		slice = volume.slices().get(z);
		columns = volume.width();
		rows = volume.height();
		this.low = low;
		this.high = high;
	}

	/** Slice z of a real volume, from 0 or its least value to the largest but for the brightest thousandth. */
	static HtmlPicture fitted(final Volume volume, final int z) {
		final float[] sorted = volume.slices().get(z).clone();
		Arrays.sort(sorted);
		final double low = Math.min(0, sorted[0]), high = sorted[(int) Math.min(sorted.length - 1L, Math.round(SHOWN * sorted.length))];
		return new HtmlPicture(volume, z, low, high > low ? high : low + 1);
	}

	/** The value that is black. */
	double low() {
		return low;
	}

	/** The value that is white. */
	double high() {
		return high;
	}

	/** The picture with a text that stands for it where it cannot be seen. */
	String html(final String text) {
		final BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			final double grey = 255 * (slice[r * columns + c] - low) / Math.max(high - low, 1e-30);
			image.getRaster().setSample(c, r, 0, (int) Math.max(0, Math.min(255, grey)));
		}
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, "png", bytes);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
		return "<img alt=\"" + Html.escape(text) + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\">";
	}
}
