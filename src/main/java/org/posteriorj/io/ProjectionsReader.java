package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;

import org.posteriorj.data.Projections;

/** One file format of CT scans. */
public interface ProjectionsReader {

	/** Whether a file is of this format, by its name and, where the name is ambiguous, names inside. */
	boolean acceptsProjections(Path file) throws IOException;

	/**
	 * Reads a file.
	 *
	 * @param given what the user says about the geometry, before what the file says
	 */
	Projections readProjections(Path file, GeometryJson given) throws IOException;
}
