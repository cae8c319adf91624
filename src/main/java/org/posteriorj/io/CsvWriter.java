package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Tables as comma-separated text (RFC 4180, lines ended by a line feed). */
public final class CsvWriter {

	private CsvWriter() {}

	/** Writes a header and rows of the same length; numbers keep all their digits. */
	public static void write(final Path file, final List<String> header, final List<? extends List<?>> rows) throws IOException {
		for (int i = 0; i < rows.size(); i++) {
			if (rows.get(i).size() != header.size()) {
				throw new IllegalArgumentException("table: row " + (i + 1) + " has " + rows.get(i).size() + " cells, expected " + header.size() + ".");
			}
		}
		final String body = rows.stream().map(CsvWriter::line).collect(Collectors.joining());
		WholeFile.write(file, draft -> Files.writeString(draft, line(header) + body));
	}

	private static String line(final List<?> cells) {
		return cells.stream().map(cell -> quoted(String.valueOf(cell))).collect(Collectors.joining(",", "", "\n"));
	}

	private static String quoted(final String cell) {
		return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
	}
}
