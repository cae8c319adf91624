package org.posteriorj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.VoxelSize;

class Hdf5ReaderTest {

	static Path resource(final String name) {
		try {
			return Path.of(Hdf5ReaderTest.class.getResource(name).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void fastMriIsTurnedAndCroppedAsNumPyDoes() throws IOException {
		final KSpace k = RawData.read(resource("fastmri.h5")), expected = RawData.read(resource("fastmri-cropped.npy"));
		assertEquals(List.of(2, 12, 16), List.of(k.coils(), k.rows(), k.columns()));
		assertArrayEquals(expected.slices().get(0), k.slices().get(0), 3e-6f);
		assertEquals(12.0 / 11, k.acceleration(), 1e-12);
		assertFalse(k.sampled().get(0)[3 * 16 + 4]);
		assertEquals(new VoxelSize(10, 10, 5), k.voxel());
	}

	@Test
	void ismrmrdIsCroppedAndItsNoiseMeasured() throws IOException {
		final KSpace k = RawData.read(resource("ismrmrd.h5"));
		assertEquals(List.of(2, 24, 24, 1), List.of(k.coils(), k.rows(), k.columns(), k.depth()));
		assertEquals(1, k.acceleration(), 0);
		assertEquals(300.0 / 24, k.voxel().x(), 1e-9);
		// 48 complex samples with 0.05 per real component: variance 0.005 within 4 standard errors of 14 %
		for (int c = 0; c < 2; c++) assertEquals(0.005, k.noise().values()[2 * (c * 2 + c)], 0.0029);
		assertFalse(k.reading().stream().anyMatch(line -> line.startsWith("warning")), k.reading().toString());
	}
}
