package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Damaged, foreign and malicious files: each ends in one sentence that says why. */
class PriorFileTest {

	private static final PriorMeta META = ShrinkingPrior.meta(1);
	private static final String SHRINK = ShrinkingPrior.TEXT;

	@TempDir
	Path folder;

	private Path good;

	@BeforeEach
	void write() {
		good = write("good", SHRINK, META);
	}

	private Path write(final String name, final String text, final PriorMeta meta) {
		return ShrinkingPrior.write(folder.resolve(name + ".pt"), text, meta);
	}

	private void assertRefused(final Path file, final String reason) {
		final String message = assertThrows(IllegalArgumentException.class, () -> Priors.open(file.toString()), reason).getMessage();
		assertTrue(message.contains(reason), message);
		assertTrue(message.startsWith("prior ") && message.lines().count() == 1, message);
	}

	/** The entries of the good file, to be changed and packed again. */
	private Map<String, byte[]> entries() throws IOException {
		final Map<String, byte[]> entries = new LinkedHashMap<>();
		try (ZipFile zip = new ZipFile(good.toFile())) {
			for (final ZipEntry entry : Collections.list(zip.entries())) {
				try (InputStream in = zip.getInputStream(entry)) {
					entries.put(entry.getName(), in.readAllBytes());
				}
			}
		}
		return entries;
	}

	private Path pack(final String name, final Map<String, byte[]> entries) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (final Map.Entry<String, byte[]> e : entries.entrySet()) {
				final ZipEntry entry = new ZipEntry(e.getKey());
				final CRC32 sum = new CRC32();
				sum.update(e.getValue());
				entry.setMethod(e.getValue().length > 1 << 20 ? ZipEntry.DEFLATED : ZipEntry.STORED);
				entry.setSize(e.getValue().length);
				entry.setCrc(sum.getValue());
				zip.putNextEntry(entry);
				zip.write(e.getValue());
			}
		}
		return Files.write(folder.resolve(name + ".pt"), bytes.toByteArray());
	}

	@Test
	void aGoodFileOpensAlsoWithItsDescriptionBeside() throws IOException {
		assertEquals("shrink", Priors.open(good.toString()).name());
		final Path bare = write("bare", SHRINK, null);
		assertRefused(bare, "no meta.json inside or beside");
		Files.writeString(folder.resolve("meta.json"), META.toJson());
		assertEquals("shrink", Priors.open(bare.toString()).name());
		Files.writeString(folder.resolve("bare.meta.json"), META.toJson().replace("\"shrink\"", "\"own\""));
		assertEquals("own", Priors.open(bare.toString()).name());
	}

	@ParameterizedTest
	@CsvSource({ "0.5", "0.95", "0.1" })
	void aTruncatedFile(final double share) throws IOException {
		final byte[] bytes = Files.readAllBytes(good);
		assertRefused(Files.write(folder.resolve("cut.pt"), Arrays.copyOf(bytes, (int) (share * bytes.length))), "is not a TorchScript archive or is damaged");
	}

	@Test
	void filesThatAreSomethingElse() throws IOException {
		assertRefused(Files.writeString(folder.resolve("text.pt"), "this is not a network"), "is not a TorchScript archive");
		assertRefused(Files.createFile(folder.resolve("empty.pt")), "is not a TorchScript archive");
		assertRefused(folder, "no such file");
		assertRefused(pack("zip", Map.of("a/b.txt", new byte[10])), "not a TorchScript module");
		assertRefused(pack("weights", Map.of("a/data.pkl", new byte[10])), "no meta.json inside or beside");
	}

	/** Every byte of the head, the tail and the directory, and every seventh of the rest. */
	@Test
	void aFlippedByteIsRefusedOrHarmless() throws IOException {
		final byte[] bytes = Files.readAllBytes(good);
		final Path file = folder.resolve("flipped.pt");
		for (int i = 0; i < bytes.length; i += 7) {
			final byte[] flipped = bytes.clone();
			flipped[i] ^= 0x55;
			Files.write(file, flipped);
			try (NetworkPrior prior = PriorFile.load(file)) {
				assertEquals("shrink", prior.name());
			}
			catch (final IllegalArgumentException exc) {
				assertTrue(exc.getMessage().startsWith("prior ") && exc.getMessage().lines().count() == 1, "byte " + i + ": " + exc.getMessage());
			}
		}
	}

	@Test
	void bombs() throws IOException {
		final Map<String, byte[]> entries = entries();
		entries.put("good/data/99", new byte[200 << 20]);
		assertRefused(pack("bomb", entries), "unpacks to");
		final Map<String, byte[]> many = entries();
		for (int i = 0; i < 20_001; i++) many.put("good/extra/" + i, new byte[0]);
		assertRefused(pack("many", many), "entries, at most");
	}

	@Test
	void pathsThatLeaveTheArchive() throws IOException {
		for (final String name : List.of("../../evil", "/etc/evil", "good/../../evil", "good\\..\\evil")) {
			final Map<String, byte[]> entries = entries();
			entries.put(name, new byte[1]);
			assertRefused(pack("path", entries), "leaves the archive");
		}
	}

	@Test
	void aPickleThatWantsToRunACommand() throws IOException {
		final Map<String, byte[]> entries = entries();
		final Path victim = folder.resolve("victim");
		entries.put("good/data.pkl", ("cos\nsystem\n(S'touch " + victim + "'\ntR.").getBytes(StandardCharsets.UTF_8));
		assertRefused(pack("pickle", entries), "libtorch cannot read it");
		entries.put("good/data.pkl", new byte[] { (byte) 0x80, 2, 'c', 'o', 's', '\n', 's', 'y', 's', 't', 'e', 'm', '\n', ')', 'R', '.' });
		assertRefused(pack("pickle2", entries), "libtorch cannot read it");
		assertTrue(Files.notExists(victim));
	}

	@Test
	void codeThatReachesFiles() {
		assertRefused(write("mapped", SHRINK.replace("return ", "return torch.from_file('" + folder.resolve("victim") + "', True, 1) + "), META),
			"which a denoiser does not need");
		assertTrue(Files.notExists(folder.resolve("victim")));
	}

	@Test
	void modulesThatAreNoDenoisers() {
		assertRefused(write("no-forward", SHRINK.replace("forward", "backward"), META), "has no method forward");
		assertRefused(write("one", "def forward(self, x: Tensor) -> Tensor:\n    return x\n", META), "check the signature");
		assertRefused(write("three", "def forward(self, x: Tensor, t: Tensor, y: Tensor) -> Tensor:\n    return x\n", META), "check the signature");
		assertRefused(write("text", "def forward(self, x: Tensor, t: Tensor) -> str:\n    return 'x'\n", META), "expected a tensor");
		assertRefused(write("number", "def forward(self, x: Tensor, t: float) -> Tensor:\n    return x * t\n", META), "check the signature");
		assertRefused(write("small", "def forward(self, x: Tensor, t: Tensor) -> Tensor:\n    return x[:, :, ::2]\n", META), "expected the same shape");
		assertRefused(write("same", "def forward(self, x: Tensor, t: Tensor) -> Tensor:\n    return x\n", META), "leaves an error");
		assertRefused(write("nan", SHRINK.replace("0.16 / ", "(0.0 / 0.0) / "), META), "not finite");
		assertRefused(write("random", SHRINK.replace("x * self.gain", "(x + 1e-4 * torch.randn_like(x))"), META), "different results for equal inputs");
		assertRefused(write("batch", SHRINK.replace("x * self.gain", "(x - 0.005 * x.std())"), META), "neighbour in the batch");
		assertRefused(write("multiple", SHRINK.replace("    s =", "    assert x.size(2) % 32 == 0\n    s ="), META), "state multipleOf");
		assertRefused(write("unlabelled", SHRINK, new PriorMeta("test", "1", "none", List.of(), 1, 0, "eps", "", 0.01, 50, 0.4, 1, Map.of(), "", null,
			new Convention("ve", "sigma", null, null, null, null, false, null, null, null, null, null, null), null, null)), "is the parameterisation 'eps'");
	}

	private static final String DESIGN = META.toJson().replace("\"multipleOf\": 1", "\"multipleOf\": 1, \"design\": {\"widths\": [8, 8], \"blocks\": [1, 1]}");

	/** {@code torch.save} of half-precision numbers {@code 0.3 sin(k + 0.1 i)} under our names, k in their order; {@code make.py} made the file. */
	@Test
	void aPlainDictOfWeightsBecomesOurNetwork() throws IOException, URISyntaxException {
		final Path dict = Files.copy(Path.of(PriorFileTest.class.getResource("python-weights.pt").toURI()), folder.resolve("dict.pt"));
		assertRefused(dict, "no meta.json");
		Files.writeString(folder.resolve("dict.meta.json"), META.toJson());
		assertRefused(dict, "state the design");
		Files.writeString(folder.resolve("dict.meta.json"), DESIGN.replace("[8, 8]", "[8]"));
		assertRefused(dict, "as many widths as blocks");
		Files.writeString(folder.resolve("dict.meta.json"), DESIGN.replace("[8, 8]", "[8, 9]"));
		assertRefused(dict, "have shape [8, 8, 2, 2], expected [9, 8, 2, 2]");
		Files.writeString(folder.resolve("dict.meta.json"), DESIGN.replace("[8, 8]", "[8, 8, 8]").replace("[1, 1]", "[1, 1, 1]"));
		assertRefused(dict, "are missing");
		Files.writeString(folder.resolve("dict.meta.json"), DESIGN);
		try (NetworkPrior prior = PriorFile.load(dict)) {
			Scopes.run(() -> {
				int k = 0;
				for (final Tensor parameter : new TreeMap<>(prior.network().parameters()).values()) {
					final float[] values = Tensors.toFloats(parameter);
					for (int i = 0; i < values.length; i++) assertEquals(0.3 * Math.sin(k + 0.1 * i), values[i], 2e-4);
					k++;
				}
			});
		}
	}

	@Test
	void anythingElseInAWeightsFileIsRefused() throws IOException {
		Files.writeString(folder.resolve("meta.json"), DESIGN);
		assertRefused(pack("junk", Map.of("junk/data.pkl", new byte[10], "junk/version", new byte[] { '3' })), "do not fit");
		final byte[] evil = "cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.UTF_8);
		assertRefused(pack("evil", Map.of("evil/data.pkl", evil, "evil/version", new byte[] { '3' })), "do not fit");
		final byte[] number = { (byte) 0x80, 2, 'K', 7, '.' };
		assertRefused(pack("number", Map.of("number/data.pkl", number, "number/version", new byte[] { '3' })), "no plain dict");
	}

	@Test
	void weightsThatAreNotThoseOfTheDescription() {
		assertRefused(write("hash", SHRINK, META.withSha256("0".repeat(64))), "not those that meta.json states");
		try (NetworkPrior prior = PriorFile.load(good)) {
			final Path signed = write("signed", SHRINK, META.withSha256(WeightHash.of(prior.network())));
			assertEquals("shrink", Priors.open(signed.toString()).name());
		}
	}
}
