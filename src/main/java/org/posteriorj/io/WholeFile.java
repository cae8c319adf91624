package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes files whole or not at all: into a temporary file beside the target, which then takes the target's place in one step. */
public final class WholeFile {

	private WholeFile() {}

	/** What fills a file. */
	@FunctionalInterface
	public interface Body {

		/** Writes everything into a file that exists and is empty. */
		void write(Path file) throws IOException;
	}

	/**
	 * Writes a file; a file of that name is replaced only when everything has been written.
	 *
	 * @throws IOException one line, if the folder is missing or not writable, or the body fails; nothing is left behind then
	 */
	public static void write(final Path target, final Body body) throws IOException {
		if (Files.isDirectory(target)) throw FileProblem.of(target, "cannot be written, because a folder has that name - choose another name.");
		final Path draft = draft(target);
		try {
			body.write(draft);
			Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final FileSystemException e) {
			throw cannot(target, e);
		}
		finally {
			Files.deleteIfExists(draft);
		}
	}

	private static Path draft(final Path target) throws IOException {
		try {
			// NB: not createTempFile, whose files nobody but the user may read
			return Files.createFile(target.toAbsolutePath().resolveSibling(".writing-" + UUID.randomUUID() + "-" + target.getFileName()));
		}
		catch (final FileSystemException e) {
			throw cannot(target, e);
		}
	}

	private static IOException cannot(final Path target, final FileSystemException e) {
		return FileProblem.of(target, "cannot be written into folder '" + target.toAbsolutePath().getParent() + "': " + FileProblem.reason(e) +
			" - choose another folder.", e);
	}
}
