package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posteriorj.data.Volume;
import org.posteriorj.io.RawData;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

/** Networks of every kind, each an exact predictor of independent Gaussian pixels N(0.3, 0.5^2), become the same denoiser. */
class ForeignNetworkTest {

	private static final double MEAN = 0.3, DEVIATION = 0.5;

	/** {@code sigma} from the label {@code t}, by what the network was trained on. */
	private static final String SIGMA = "s = t.reshape(-1, 1, 1, 1)", //
			LOG = "s = torch.exp(4 * t).reshape(-1, 1, 1, 1)", //
			TABLE = "s = self.table.index_select(0, t).reshape(-1, 1, 1, 1)", //
			FRACTION = "i = t.floor().clamp(0, 998).to(4)\n" +
				"    f = t - i\n" +
				"    s = torch.exp(torch.log(self.table.index_select(0, i)) * (1 - f) + torch.log(self.table.index_select(0, i + 1)) * f).reshape(-1, 1, 1, 1)", //
			CONTINUOUS = "u = t.reshape(-1, 1, 1, 1) / 999\n    s = torch.sqrt(torch.expm1(9.95 * u * u + 0.1 * u))", //
			NOISE_AT_1 = "u = t.reshape(-1, 1, 1, 1)\n    s = u / (1 - u)", //
			NOISE_AT_0 = "u = t.reshape(-1, 1, 1, 1)\n    s = (1 - u) / u";

	/** Given the input x, which is {@code a (x0 + sigma n)}: the exact mean of clean image and noise, in the network's own terms. */
	private static String body(final String level, final String a, final String answer) {
		return "def forward(self, x: Tensor, t: Tensor) -> Tensor:\n" +
			"    m, v = self.moments[0], self.moments[1]\n" +
			"    " + level + "\n" +
			"    a = " + a + "\n" +
			"    gain = a * v / (a * a * (v + s * s))\n" +
			"    clean = m + gain * (x - a * m)\n" +
			"    noise = a * s * (x - a * m) / (a * a * (v + s * s))\n" +
			"    return " + answer + "\n";
	}

	private static NetworkPrior prior(final String parameterisation, final Convention convention, final String text, final double scale, final double shift) {
		return new NetworkPrior(script(text, scale, shift), meta(parameterisation, convention, 1));
	}

	private static Script script(final String text, final double scale, final double shift) {
		final Script script = Script.create("Exact");
		Scopes.run(() -> {
			final double[] sigmas = DiscreteLabel.linear(1e-4, 2e-2, 1000);
			final float[] table = new float[1000];
			for (int i = 0; i < 1000; i++) table[i] = (float) sigmas[i];
			script.parameter("table", Tensors.of(table, 1000));
			script.parameter("moments", Tensors.of(new float[] { (float) (scale * MEAN + shift), (float) (scale * scale * DEVIATION * DEVIATION) }, 2));
		});
		script.define(text);
		return script;
	}

	private static PriorMeta meta(final String parameterisation, final Convention convention, final int multipleOf) {
		final PriorMeta meta = new PriorMeta("exact", "1", "none", List.of(), 2, 0, parameterisation, "", 0.01, 100, 0.5, multipleOf, Map.of(), "", null,
			convention, null, null);
		return PriorMeta.fromJson("test", meta.toJson());
	}

	private static Convention convention(final String process, final String label, final boolean fractional, final Integer noiseAt) {
		return new Convention(process, label, null, null, null, null, fractional, null, noiseAt, null, null, null, null);
	}

	/** Maximal error of D and of its gradient over noise levels, relative to 1 or to the level. */
	private static void assertExact(final NetworkPrior prior) {
		for (final double asked : new double[] { 0.02, 0.1, 0.5, 1, 3, 30 }) {
			final double sigma = prior.supportedSigma(asked);
			Scopes.run(() -> {
				final Tensor noise = new SampleRandom(3, new long[] { 0, 1 }, 0).normal(2, 33, 40);
				final float[] noisy = Tensors.toFloats(Tensors.scale(noise, Math.sqrt(sigma * sigma + 0.25)));
				final double gain = 0.25 / (0.25 + sigma * sigma);
				final Tensor[] got = prior.denoiseWithGradient(Tensors.of(noisy, 2, 2, 33, 40), sigma, d -> noise);
				final float[] d = Tensors.toFloats(got[0]), g = Tensors.toFloats(got[1]), n = Tensors.toFloats(noise);
				double error = 0, slope = 0;
				for (int i = 0; i < noisy.length; i++) {
					error = Math.max(error, Math.abs(d[i] - (MEAN + gain * (noisy[i] - MEAN))));
					slope = Math.max(slope, Math.abs(g[i] - gain * n[i]));
				}
				final double allowed = 1e-5 * Math.max(1, sigma);
				assertTrue(error < allowed && slope < allowed, "sigma " + sigma + ": error " + error + ", of the gradient " + slope);
			});
		}
	}

	@ParameterizedTest(name = "{0} {1} {2} {3}")
	@CsvSource(nullValues = "-", value = { //
		"eps,   vp, ddpm-linear,   false, -", //
		"eps,   vp, ddpm-linear,   true,  -", //
		"eps,   vp, vp-continuous, false, -", //
		"eps,   ve, sigma,         false, -", //
		"score, vp, ddpm-linear,   false, -", //
		"score, vp, vp-continuous, false, -", //
		"score, ve, -,             false, -", //
		"x0,    vp, ddpm-linear,   false, -", //
		"x0,    ve, log-sigma,     false, -", //
		"v,     vp, ddpm-linear,   false, -", //
		"v,     vp, vp-continuous, false, -", //
		"flow,  -,  -,             false, -", //
		"flow,  -,  -,             false, 1", //
		"flow,  -,  -,             false, 0", //
		"edm,   -,  -,             false, -", //
		"edm-raw, -, -,            false, -" })
	void everyKindIsTheSameDenoiser(final String kind, final String process, final String label, final boolean fractional, final Integer noiseAt) {
		final Convention convention = convention(process, label, fractional, noiseAt);
		try (NetworkPrior prior = prior(kind, convention, exact(kind, convention), 1, 0)) {
			assertExact(prior);
		}
	}

	private static String exact(final String kind, final Convention convention) {
		final boolean vp = "vp".equals(convention.process());
		final String label = convention.label() == null ? Parameterisation.usualLabel(kind, convention) : convention.label();
		final String level = switch (label) {
			case "ddpm-linear" -> convention.fractional() ? FRACTION : TABLE;
			case "vp-continuous" -> CONTINUOUS;
			case "log-sigma" -> LOG;
			case "time" -> Integer.valueOf(0).equals(convention.noiseAt()) ? NOISE_AT_0 : NOISE_AT_1;
			default -> SIGMA;
		};
		final String a = kind.equals("flow") ? "1 / (1 + s)" : kind.equals("edm-raw") ? "torch.rsqrt(s * s + 0.25)" : vp ? "torch.rsqrt(1 + s * s)" : "1.0";
		return body(level, a, switch (kind) {
			case "eps" -> "noise";
			case "score" -> "-noise / (a * s)";
			case "x0", "edm" -> "clean";
			case "v" -> "a * noise - a * s * clean";
			case "flow" -> level.equals(NOISE_AT_0) ? "clean - noise" : "noise - clean";
			default -> "(clean - 0.25 * a * x) / (0.5 * s * a)";
		});
	}

	@Test
	void otherPixelRanges() {
		for (final String kind : List.of("eps", "flow")) {
			final Convention base = convention("vp", kind.equals("eps") ? "vp-continuous" : null, false, null);
			final Convention range = new Convention("vp", base.label(), null, null, null, null, false, null, null, 2.0, -1.0, null, null);
			try (NetworkPrior prior = prior(kind, range, exact(kind, base), 2, -1)) {
				assertExact(prior);
			}
		}
	}

	@Test
	void learnedVariancesAndTuplesAreDropped() {
		final Convention convention = convention("vp", "ddpm-linear", false, null);
		final String text = exact("eps", convention);
		try (NetworkPrior prior = prior("eps", convention, text.replace("return noise", "return torch.cat([noise, torch.exp(x)], 1)"), 1, 0)) {
			assertExact(prior);
		}
		try (NetworkPrior prior = prior("eps", convention, text.replace("-> Tensor:", "-> Tuple[Tensor, Tensor]:").replace("return noise", "return (noise, x)"), 1,
			0))
		{
			assertExact(prior);
		}
	}

	/** A traced network of PyTorch 2.15 with attention, resizing, dropout and learned variances; {@code make.py} beside it made both files. */
	@Test
	void aNetworkExportedByPythonGivesTheSameDenoiser() throws URISyntaxException, IOException {
		final Path file = Path.of(ForeignNetworkTest.class.getResource("python-eps.pt").toURI());
		final Volume expected = RawData.readVolume(file.resolveSibling("python-eps.npy"));
		try (NetworkPrior prior = PriorFile.load(file)) {
			assertEquals(DiscreteLabel.linear(1e-4, 2e-2, 1000)[100] / 2, prior.supportedSigma(0.1711), 1e-12);
			final float[] noisy = new float[2 * 48 * 40];
			for (int i = 0; i < noisy.length; i++) noisy[i] = (float) Math.sin(0.1f * i);
			final float[] denoised = Scopes.compute(() -> Tensors.toFloats(prior.denoise(Tensors.of(noisy, 1, 2, 48, 40), prior.supportedSigma(0.1711))));
			for (int c = 0; c < 2; c++) assertArrayEquals(expected.slices().get(c), Arrays.copyOfRange(denoised, c * 1920, (c + 1) * 1920), 1e-5f);
			assertTrue(PriorContract.of(prior).refusals().toString().contains("is the parameterisation 'eps'"));
		}
	}

	@Test
	void anImageOfTheWrongShapeIsRefused() {
		final String text = "def forward(self, x: Tensor, t: Tensor) -> Tensor:\n    return x[:, :, 1:]\n";
		try (NetworkPrior prior = prior("edm", null, text, 1, 0)) {
			final String message = assertThrows(IllegalArgumentException.class, () -> Scopes.run(() -> prior.denoise(Tensors.zeros(1, 2, 40, 40), 1))).getMessage();
			assertTrue(message.contains("expected the same shape"), message);
		}
	}

	/** A network of one size that says so loudly: the exact denoiser if the size is right, an error if not. */
	private static String sized(final String condition) {
		return exact("edm", Convention.NONE).replace("    m, v", "    assert " + condition + "\n    m, v");
	}

	@ParameterizedTest
	@CsvSource({ "32,32", "40,48", "48,48", "100,77", "131,200" })
	void aFixedSizeIsTiledWithoutSeams(final int rows, final int columns) {
		final Convention fixed = new Convention(null, null, null, null, null, null, false, null, null, null, null, 48, 48);
		try (NetworkPrior prior = prior("edm", fixed, sized("x.size(2) == 48 and x.size(3) == 48"), 1, 0);
				NetworkPrior whole = prior("edm", null, exact("edm", Convention.NONE), 1, 0))
		{
			assertSame(prior, whole, rows, columns);
		}
	}

	/** A mean over 9 x 9 pixels that takes zeros beyond its tile: wrong up to 4 pixels from every edge. */
	@Test
	void whatATileGetsWrongAtItsEdgeDoesNotShow() {
		final String text = "def forward(self, x: Tensor, t: Tensor) -> Tensor:\n    return torch.avg_pool2d(x, [9, 9], [1, 1], [4, 4])\n";
		final Convention fixed = new Convention(null, null, null, null, null, null, false, null, null, null, null, 64, 64);
		try (NetworkPrior prior = prior("edm", fixed, text, 1, 0); NetworkPrior whole = prior("edm", null, text, 1, 0)) {
			Scopes.run(() -> {
				final Tensor x = SampleRandom.single(1, 0).normal(2, 150, 200).abs();
				final float[] tiled = Tensors.toFloats(prior.denoise(x, 1)), exact = Tensors.toFloats(whole.denoise(x, 1));
				for (int i = 0; i < exact.length; i++) assertEquals(1, tiled[i] / exact[i], 0.005, "pixel " + i);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 64, 100 })
	void sizesArePaddedToAMultiple(final int multiple) {
		final String text = sized("x.size(2) % " + multiple + " == 0 and x.size(3) % " + multiple + " == 0");
		try (NetworkPrior prior = new NetworkPrior(script(text, 1, 0), meta("edm", null, multiple));
				NetworkPrior whole = prior("edm", null, exact("edm", Convention.NONE), 1, 0))
		{
			assertSame(prior, whole, 33, 70);
			assertSame(prior, whole, 64, 200);
		}
	}

	private static void assertSame(final NetworkPrior a, final NetworkPrior b, final int rows, final int columns) {
		Scopes.run(() -> {
			final Tensor x = SampleRandom.single(1, 0).normal(2, rows, columns);
			assertArrayEquals(Tensors.toFloats(b.denoise(x, 0.4)), Tensors.toFloats(a.denoise(x, 0.4)), 2e-6f);
		});
	}

	@Test
	void tilesCoverEverythingAndOverlapByAQuarter() {
		for (int size = 64; size < 400; size++) {
			final int[] starts = Tiled.starts(size, 64);
			assertEquals(0, starts[0]);
			assertEquals(size - 64, starts[starts.length - 1]);
			for (int i = 1; i < starts.length; i++) assertTrue(starts[i] - starts[i - 1] <= 48, size + ": " + Arrays.toString(starts));
		}
	}

	@ParameterizedTest
	@CsvSource({ "0,0.01000", "1,0.01483", "10,0.04689", "100,0.34226", "500,3.44297", "999,157.407" })
	void linearTable(final int index, final double sigma) {
		assertEquals(sigma, DiscreteLabel.linear(1e-4, 2e-2, 1000)[index], 5e-5 * sigma + 5e-6);
	}

	@ParameterizedTest
	@CsvSource({ "0.05,10.95", "0.1,26.41", "0.2,57.38", "0.5,144.15", "1,258.09", "2,395.95", "5,565.35", "10,673.67", "80,929.62" })
	void inverseOfTheLinearTable(final double sigma, final double index) {
		final double[] table = DiscreteLabel.linear(1e-4, 2e-2, 1000);
		assertEquals(index, new DiscreteLabel(table, true).of(sigma), 0.005);
		assertEquals(Math.rint(index), new DiscreteLabel(table, false).of(sigma));
		final double[] falling = new double[1000];
		for (int i = 0; i < 1000; i++) falling[i] = table[999 - i];
		assertEquals(999 - index, new DiscreteLabel(falling, true).of(sigma), 0.005);
		assertEquals(table[(int) Math.rint(index)], new DiscreteLabel(falling, false).nearest(sigma));
	}

	@Test
	void levelsOutsideATableAreItsEnds() {
		final DiscreteLabel label = new DiscreteLabel(DiscreteLabel.linear(1e-4, 2e-2, 1000), false);
		assertEquals(0, label.of(1e-5));
		assertEquals(999, label.of(1e5));
		assertEquals(157.407, label.nearest(1e5), 1e-3);
	}

	@ParameterizedTest
	@CsvSource({ "1e-5,0.0010,5e-5", "1e-3,0.01049,5e-6", "1,152.17,5e-3" })
	void continuousVp(final double time, final double sigma, final double tolerance) {
		final ContinuousVpLabel label = new ContinuousVpLabel(0.1, 20, 999);
		assertEquals(sigma, label.sigma(time), tolerance);
		assertEquals(time, label.time(label.sigma(time)), 1e-9);
		assertEquals(999 * time, label.of(label.sigma(time)), 1e-6);
	}
}
