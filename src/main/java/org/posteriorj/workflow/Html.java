package org.posteriorj.workflow;

import java.util.Map;

/** Pieces of the HTML pages that reports are. */
final class Html {

	private Html() {}

	/** Text that may stand in HTML. */
	static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	/** Names and values, one row each. */
	static String table(final Map<String, Object> values) {
		final StringBuilder html = new StringBuilder("<table>\n");
		values.forEach((key, value) -> html.append("<tr><td>").append(escape(key)).append("</td><td>").append(escape(String.valueOf(value))).append("</td></tr>\n"));
		return html.append("</table>\n").toString();
	}
}
