package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CitationsTest {

	/** A sampler that is added cannot be forgotten here. */
	@Test
	void everyMethodButZeroFillingHasItsPaper() {
		for (final String key : Method.names()) {
			assertTrue(key.equals("Zero-filled") || Citations.METHODS.containsKey(key), key + " has no citation");
		}
	}
}
