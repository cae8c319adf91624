package org.posteriorj.physics.mri;

import org.posteriorj.physics.LinearOperator;

/** Multi-coil MRI: an operator with coil maps, kept until it is closed; data [B, coils, readouts, samples, 2]. */
public interface CoilOperator extends LinearOperator, AutoCloseable {

	@Override
	void close();
}
