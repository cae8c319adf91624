package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorMetaTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"\"parameterisation\": \"foo\" | parameterisation must be one of", //
		"\"parameterisation\": \"eps\" | label is missing", //
		"\"parameterisation\": \"eps\", \"convention\": {\"label\": \"days\"} | label must be one of", //
		"\"parameterisation\": \"eps\", \"convention\": {\"label\": \"table\"} | at least two sigmas", //
		"\"parameterisation\": \"eps\", \"convention\": {\"label\": \"table\", \"sigmas\": [1, 3, 2]} | at least two sigmas", //
		"\"parameterisation\": \"edm\", \"convention\": {\"rows\": 64} | needs rows and columns", //
		"\"parameterisation\": \"edm\", \"convention\": {\"rangeScale\": -1} | rangeScale", //
		"\"parameterisation\": \"flow\", \"convention\": {\"noiseAt\": 2} | noiseAt", //
		"\"parameterisation\": \"edm\", \"sha256\": \"abc\" | sha256", //
		"\"parameterisation\": \"edm\", \"validation\": {\"low\": 30} | validation must map noise levels", //
		"\"parameterisation\": \"edm\", \"convention\": [] | not valid JSON" })
	void aWrongDescriptionIsRefused(final String json, final String message) {
		final String text = "{\"name\": \"n\", \"channels\": 2, \"sigmaMin\": 0.01, \"sigmaMax\": 10, \"sigmaData\": 0.5, " + json + "}";
		final String got = assertThrows(IllegalArgumentException.class, () -> PriorMeta.fromJson("prior x", text)).getMessage();
		assertTrue(got.contains(message), got);
	}
}
