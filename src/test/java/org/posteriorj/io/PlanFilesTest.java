package org.posteriorj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Decision;
import org.posteriorj.data.DecisionLog;

/** Logs of decisions and lists of costs. */
class PlanFilesTest {

	@TempDir
	Path folder;

	@Test
	void aLogIsReadAsItWasWritten() throws IOException {
		final DecisionLog log = new DecisionLog(List.of(7, 8), List.of(1.0, 0.25), List.of(new Decision(20, 0.05, List.of(3, 11), List.of(Double.NaN, 1 / 3.0, -1e-300,
			Double.POSITIVE_INFINITY), 0.1, 0.09, 1.02), new Decision(40, 1e-3, List.of(), List.of(), 0.08, 0, Double.NaN)));
		final Path file = folder.resolve("plan.json");
		JsonWriter.write(file, (Object) log);
		assertEquals(log, DecisionLogReader.read(file));
	}

	@Test
	void numbersAreSeparatedByAnything() throws IOException {
		final Path file = Files.writeString(folder.resolve("costs.txt"), "1, 2.5;3\n4e-1\r\n\t5\n");
		assertEquals(List.of(1.0, 2.5, 3.0, 0.4, 5.0), NumberListReader.read(file));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "[1, 2] | not a log of decisions", //
		"no json | not a log of decisions", //
		"{'first': [1], 'costs': []} | the entry 'decisions' is missing", //
		"{'first': [1], 'costs': [], 'decisions': [{'step': 1}]} | the entry 'sigma' is missing", //
		"{'first': ['a'], 'costs': [], 'decisions': []} | not of the kind expected", //
		"{'first': 3, 'costs': [], 'decisions': []} | not of the kind expected", //
		"{'first': [1], 'costs': [], 'decisions': [4]} | not of the kind expected" })
	void aBrokenLogIsOneClearLine(final String text, final String message) throws IOException {
		final Path file = Files.writeString(folder.resolve("plan.json"), text.replace('\'', '"'));
		final String got = assertThrows(IOException.class, () -> DecisionLogReader.read(file)).getMessage();
		assertTrue(got.startsWith("'plan.json': ") && got.contains(message) && !got.contains("\n"), got);
	}

	@Test
	void whatIsNoNumberIsNamed() throws IOException {
		final Path file = Files.writeString(folder.resolve("costs.txt"), "1 2 three 4");
		assertEquals("'costs.txt': number 3 is 'three', expected numbers only, separated by commas or line breaks.", assertThrows(IOException.class,
			() -> NumberListReader.read(file)).getMessage());
		Files.write(file, new byte[] { (byte) 0xff, (byte) 0xfe, 0, 3 });
		assertTrue(assertThrows(IOException.class, () -> NumberListReader.read(file)).getMessage().contains("not a text file"));
		Files.write(file, new byte[0]);
		assertTrue(assertThrows(IOException.class, () -> NumberListReader.read(file)).getMessage().contains("empty"));
	}
}
