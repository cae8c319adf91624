package org.posteriorj.io;

import java.io.IOException;

/** Puts the readouts of an ISMRMRD file in order, one after the other. */
interface IsmrmrdReadouts {

	/** Adds acquisition i. */
	void add(int i) throws IOException;

	/** Number of coils of every acquisition. */
	int coils();

	/** Duration of a sample in microseconds, 0 before the first one. */
	double dwell();

	/** Mean number of acquisitions that became one. */
	double averages();

	/** How the axes were read. */
	String axes();
}
