package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.AntitheticPairs;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** The report of a reconstruction: its pictures are those of the middle slice, and everything that a reader needs stands in it. */
class ReconstructionPageTest {

	private static final int COLUMNS = 6, ROWS = 4;

	/** Slices whose values are all {@code z + 1}, but for one pixel. */
	private static Volume volume(final String title, final int channels, final int depth, final int bright) {
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < depth; z++) {
			final float[] slice = new float[channels * COLUMNS * ROWS];
			java.util.Arrays.fill(slice, 0, COLUMNS * ROWS, z + 1);
			slice[bright] = 2 * (z + 1);
			slices.add(slice);
		}
		return new Volume(title, COLUMNS, ROWS, channels, slices, VoxelSize.UNKNOWN, "1/mm");
	}

	private static Provenance run(final String sampler, final String... warnings) {
		final Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("method", sampler + " (kind)");
		facts.put("coils", 8);
		if (sampler.equals("PnP-DM")) facts.put("mirrored samples", AntitheticPairs.NOTE);
		return new Provenance("posteriorj reconstruct-mri sampler=" + sampler, Map.of("sampler", sampler, "input", "a<b>.h5"), facts, List.of(warnings));
	}

	private static List<BufferedImage> pictures(final String html) throws IOException {
		final List<BufferedImage> pictures = new ArrayList<>();
		final Matcher png = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"").matcher(html);
		while (png.find()) pictures.add(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png.group(1)))));
		return pictures;
	}

	@Test
	void aPosteriorShowsItsImagesAndHowItWasMade() throws IOException {
		final Volume mean = volume("Mean", 2, 3, 7);
		final Posterior posterior = new Posterior(mean, volume("Std", 1, 3, 8), List.of(mean, mean), volume("Residual", 1, 3, 9), volume("Mask", 1, 1, 10), run("PnP-DM",
			"the noise is <uncertain>"), true);
		final String html = ReconstructionPage.html(posterior);
		final List<BufferedImage> pictures = pictures(html);
		assertEquals(4, pictures.size());
		for (int i = 0; i < 4; i++) {
			final BufferedImage picture = pictures.get(i);
			assertEquals(COLUMNS, picture.getWidth());
			assertEquals(ROWS, picture.getHeight());
			for (int p = 0; p < COLUMNS * ROWS; p++) {
				assertEquals(p == 7 + i ? 255 : 127, picture.getRaster().getSample(p % COLUMNS, p / COLUMNS, 0), "picture " + i + ", pixel " + p);
			}
		}
		for (final String part : List.of("PnP-DM (kind): 2 samples, stopped before all were finished.", "Warning: the noise is &lt;uncertain&gt;", "slice 2 of 3, black 0.000, white 4.000 1/mm",
			"<b>Standard deviation</b>", "in units of the noise", "posteriorj reconstruct-mri sampler=PnP-DM", "a&lt;b&gt;.h5", Html.escape(Citations.METHODS.get("PnP-DM")),
			Html.escape(Citations.METHODS.get("coil maps")), Html.escape(Citations.METHODS.get("mirrored samples")), Html.escape(Citations.ALWAYS.get("imagej")), "For research only"))
		{
			assertTrue(html.contains(part), part);
		}
		assertFalse(html.contains(Html.escape(Citations.METHODS.get("DAPS"))));
	}

	@Test
	void anEstimateOffersNoUncertainty() throws IOException {
		final Volume mean = volume("Mean", 1, 1, 0);
		final String html = ReconstructionPage.html(new Posterior(mean, null, List.of(mean), null, null, run("RED-diff"), false));
		assertEquals(1, pictures(html).size());
		assertTrue(html.contains("RED-diff (kind): one estimate without a claim of uncertainty.") && html.contains("<b>Estimate</b>"), html);
		assertFalse(html.contains("Standard deviation"));
	}
}
