package org.posteriorj.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What ImageJ prints without a screen, where the text of its error boxes goes between the macro's own: tells them apart by
 * who is printing.
 */
final class Complaints extends OutputStream {

	private final OutputStream target;
	private final Runnable onComplaint;
	private final ByteArrayOutputStream line = new ByteArrayOutputStream();
	private String first;
	private String complaint;

	Complaints(final OutputStream target, final Runnable onComplaint) {
		this.target = target;
		this.onComplaint = onComplaint;
	}

	@Override
	public void write(final int b) throws IOException {
		if (b != '\n') {
			line.write(b);
			return;
		}
		final String text = line.toString(StandardCharsets.UTF_8).strip();
		line.reset();
		if (first == null && !text.isEmpty()) first = text;
		if (!isErrorBox()) {
			target.write((text + "\n").getBytes(StandardCharsets.UTF_8));
			target.flush();
		}
		else if (!text.isEmpty()) {
			complaint = complaint == null ? text : complaint + " " + text;
			onComplaint.run();
		}
	}

	private static boolean isErrorBox() {
		return StackWalker.getInstance().walk(frames -> frames.anyMatch(f -> f.getClassName().equals("ij.IJ") && f.getMethodName().equals("error") ||
			f.getClassName().equals("ij.macro.Functions") && f.getMethodName().equals("exit")));
	}

	/** The first line printed, null if none. */
	String first() {
		return first;
	}

	/** The text of the error boxes, null if there was none. */
	String complaint() {
		return complaint;
	}
}
