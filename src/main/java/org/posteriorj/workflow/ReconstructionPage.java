package org.posteriorj.workflow;

import java.util.Locale;
import java.util.Map;

import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Volume;

/** A reconstruction in one HTML page that needs nothing else: pictures of its middle slice, warnings, how it was made, what to cite. */
public final class ReconstructionPage {

	private static final String STYLE = "<style>body{font-family:sans-serif;max-width:64em;margin:2em auto}td{padding:.1em 1em .1em 0;vertical-align:top}" +
		"figure{display:inline-block;margin:0 1em 1em 0;vertical-align:top}img{width:20em;image-rendering:pixelated}figcaption{max-width:20em;font-size:.9em}" +
		".warning{color:#8a5a00}code{overflow-wrap:anywhere}</style>";

	private ReconstructionPage() {}

	/** The page. */
	public static String html(final Posterior posterior) {
		final Provenance run = posterior.provenance();
		final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Reconstruction</title>\n").append(STYLE)
			.append("</head><body>\n<h1>Reconstruction</h1>\n<p>").append(Html.escape(made(posterior))).append("</p>\n");
		for (final String warning : run.warnings()) html.append("<p class=\"warning\">Warning: ").append(Html.escape(warning)).append("</p>\n");
		html.append("<h2>Images</h2>\n");
		append(html, posterior.std() == null ? "Estimate" : "Mean", posterior.mean(), "");
		append(html, "Standard deviation", posterior.std(), ", of the magnitude where the image is complex");
		append(html, "Data residual", posterior.residual(), ", in units of the noise: 1 is expected where data were measured");
		append(html, "Mask", posterior.mask(), "");
		html.append("<h2>How it was made</h2>\n<p><code>").append(Html.escape(run.command())).append("</code></p>\n<h3>Options</h3>\n").append(Html.table(run.options())).append(
			"<h3>Facts</h3>\n").append(Html.table(run.facts())).append("<h2>What to cite</h2>\n<ul>\n");
		Citations.ALWAYS.values().forEach(paper -> cite(html, paper));
		for (final Map.Entry<String, String> method : Citations.METHODS.entrySet()) if (uses(run, method.getKey())) cite(html, method.getValue());
		return html.append("</ul>\n<p>For research only.</p>\n</body></html>\n").toString();
	}

	private static String made(final Posterior posterior) {
		final int samples = posterior.samples().size();
		final String what = posterior.std() == null ? "one estimate without a claim of uncertainty" : samples + " sample" + (samples == 1 ? "" : "s");
		return posterior.provenance().facts().getOrDefault("method", posterior.provenance().options().getOrDefault("sampler", "Reconstruction")) + ": " + what + (posterior
			.partial() ? ", stopped before all were finished" : "") + ".";
	}

	/** The middle slice, with the values that are black and white. */
	private static void append(final StringBuilder html, final String name, final Volume volume, final String note) {
		if (volume == null) return;
		final int z = volume.depth() / 2;
		final HtmlPicture picture = HtmlPicture.fitted(volume.magnitude(), z);
		html.append(String.format(Locale.ROOT, "<figure>%s<figcaption><b>%s</b>%s; slice %d of %d, black %.4g, white %.4g%s.</figcaption></figure>\n", picture.html(name), name,
			Html.escape(note), z + 1, volume.depth(), picture.low(), picture.high(), volume.unit().isEmpty() ? "" : " " + Html.escape(volume.unit())));
	}

	/** Whether a run used a method: the sampler of its options, what a fact of that name tells of, the planner of its command, or coil maps. */
	private static boolean uses(final Provenance run, final String method) {
		return method.equals(run.options().get("sampler")) || run.facts().containsKey(method) || method.equals("Plan Acquisition") && run.command().startsWith(
			"posteriorj plan-acquisition") || method.equals("coil maps") && !String.valueOf(run.facts().getOrDefault("coils", 1)).equals("1");
	}

	private static void cite(final StringBuilder html, final String paper) {
		html.append("<li>").append(Html.escape(paper)).append("</li>\n");
	}
}
