package org.posteriorj.workflow;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.posteriorj.data.Volume;
import org.posteriorj.io.RawData;

/**
 * One slice of {@link AcquisitionTable} as a picture: for every mask its readout lines and the image that they give, beside the reference.
 * <p>
 * Arguments: the folder, coils, lines, slice, the PNG file.
 */
public final class AcquisitionPicture {

	private static final int SIZE = AcquisitionTable.SIZE, GAP = 4, TEXT = 16;
	private static final List<String> MASKS = List.of(AcquisitionTable.ACTIVE, "equispaced", "random", "variable density", "Poisson");

	private AcquisitionPicture() {}

	public static void main(final String[] args) throws IOException {
		final Path folder = Path.of(args[0]);
		final String name = String.format("%scoils-%slines-%03d-", args[1], args[2], Integer.valueOf(args[3]));
		final BufferedImage picture = new BufferedImage((MASKS.size() + 1) * (SIZE + GAP), 2 * (SIZE + GAP + TEXT), BufferedImage.TYPE_BYTE_GRAY);
		final Graphics2D pen = picture.createGraphics();
		pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		pen.setFont(pen.getFont().deriveFont(11f));
		pen.setColor(Color.WHITE);
		pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
		final Volume reference = RawData.readVolume(folder.resolve(name + "reference.npy")).magnitude();
		double white = 0;
		for (final float v : reference.slices().get(0)) white = Math.max(white, v);
		draw(pen, picture, reference, white, MASKS.size(), "reference");
		for (int m = 0; m < MASKS.size(); m++) {
			final String mask = MASKS.get(m);
			final List<String> row = row(folder, args[1] + "," + args[2] + ",", args[3], mask);
			draw(pen, picture, RawData.readVolume(folder.resolve(name + mask.replace(' ', '-') + ".npy")).magnitude(), white, m, String.format("%.1f dB", Double
				.parseDouble(row.get(5))));
			pen.drawString(mask, m * (SIZE + GAP), TEXT - 4);
			pen.fillRect(m * (SIZE + GAP), TEXT, SIZE, SIZE);
			pen.setColor(Color.WHITE);
			for (final String line : row.get(8).split(" ")) pen.fillRect(m * (SIZE + GAP), TEXT + Integer.parseInt(line), SIZE, 1);
			pen.setColor(Color.BLACK);
		}
		pen.dispose();
		ImageIO.write(picture, "png", Path.of(args[4]).toFile());
	}

	private static List<String> row(final Path folder, final String setting, final String slice, final String mask) throws IOException {
		for (final String row : Files.readAllLines(folder.resolve("results.csv"))) {
			final List<String> cells = new ArrayList<>(List.of(row.split(",")));
			if (row.startsWith(setting) && cells.get(3).equals(slice) && cells.get(4).equals(mask)) return cells;
		}
		throw new IOException("no result of " + mask + " for slice " + slice + " - run AcquisitionTable first.");
	}

	private static void draw(final Graphics2D pen, final BufferedImage picture, final Volume image, final double white, final int column, final String text) {
		final int left = column * (SIZE + GAP), top = SIZE + GAP + 2 * TEXT;
		pen.setColor(Color.BLACK);
		pen.drawString(text, left, top - 4);
		for (int r = 0; r < SIZE; r++) for (int c = 0; c < SIZE && top + r < picture.getHeight(); c++) {
			picture.getRaster().setSample(left + c, top + r, 0, (int) Math.min(255, 255 * image.slices().get(0)[r * SIZE + c] / white));
		}
	}
}
