package org.posteriorj.prior;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

/** The smallest network file: the exact denoiser of independent Gaussian pixels N(0, 0.4^2). */
public final class ShrinkingPrior {

	static final String TEXT = "def forward(self, x: Tensor, t: Tensor) -> Tensor:\n" +
		"    s = t.reshape(-1, 1, 1, 1)\n    return x * self.gain * 0.16 / (0.16 + s * s)\n";

	private ShrinkingPrior() {}

	static PriorMeta meta(final int channels) {
		return new PriorMeta("shrink", "1", "none", List.of(), channels, 0, "edm", "", 0.03, 50, 0.4, 1, Map.of(), "");
	}

	/** Writes it. */
	public static Path write(final Path file, final int channels) {
		return write(file, TEXT, meta(channels));
	}

	/** One that only multiplies by {@code factor}, and is refused. */
	public static Path writeBad(final Path file, final double factor) {
		return write(file, TEXT.replace("0.16 / (0.16 + s * s)", String.valueOf(factor)), meta(1));
	}

	static Path write(final Path file, final String text, final PriorMeta meta) {
		try (Script script = Script.create("Net")) {
			Scopes.run(() -> script.parameter("gain", Tensors.of(new float[] { 1 }, 1)));
			script.define(text);
			script.save(file, meta == null ? Map.of() : Map.of(PriorMeta.FILE, meta.toJson()));
		}
		return file;
	}
}
