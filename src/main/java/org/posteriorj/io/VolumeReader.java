package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;

import org.posteriorj.data.Volume;

/** One file format of images. */
public interface VolumeReader {

	/** Whether a file is of this format, by its name. */
	boolean accepts(Path file);

	/** Reads a file; rows, columns and slices keep the order of the file. */
	Volume readVolume(Path file) throws IOException;
}
