package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Test;

class DenoisingErrorTest {

	/** 20 dB of two channels together: {@code sqrt(0.01 / 2)} in each. */
	private final DenoisingError error = new DenoisingError(Map.of("1.0", 20.0, "0.1", 30.0, "0.01", 45.0), 2, 0.32);

	@Test
	void itIsThatOfTheValidation() {
		assertEquals(Math.sqrt(0.01 / 2), error.at(1), 1e-9);
		assertEquals(Math.sqrt(0.001 / 2), error.at(0.1), 1e-9);
	}

	@Test
	void betweenAndBeyondLevelsItsLogarithmIsLinear() {
		assertEquals(Math.sqrt(error.at(1) * error.at(0.1)), error.at(Math.sqrt(0.1)), 1e-9);
		assertEquals(error.at(1) * Math.sqrt(error.at(1) / error.at(0.1)), error.at(Math.sqrt(10)), 1e-9);
	}

	@Test
	void itIsNeverMoreThanThatOfWhiteImages() {
		for (final double sigma : new double[] { 1e-6, 1e-3, 1, 40, 1e4 }) assertTrue(error.at(sigma) <= DenoisingError.white(sigma, 0.32), "sigma " + sigma);
		assertEquals(DenoisingError.white(1e4, 0.32), error.at(1e4), 1e-9);
	}

	@Test
	void withoutAValidationImagesCountAsWhiteNoise() {
		assertEquals(DenoisingError.white(0.2, 0.32), new DenoisingError(null, 2, 0.32).at(0.2), 0);
		assertEquals(DenoisingError.white(0.2, 0.32), new DenoisingError(Map.of("0.1", 30.0), 2, 0.32).at(0.2), 0);
	}
}
