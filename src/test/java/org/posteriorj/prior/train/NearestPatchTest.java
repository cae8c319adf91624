package org.posteriorj.prior.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.prior.TestImage;
import org.posteriorj.tensor.SampleRandom;

/** The search finds copies, turned and shifted ones too, and tells them from something else. */
class NearestPatchTest {

	private static Volume blobs(final long seed) {
		final RandomGenerator random = SampleRandom.generator(seed, 0);
		final double[][] waves = new double[24][4];
		for (final double[] w : waves) for (int i = 0; i < 4; i++) w[i] = (i < 3 ? 0.15 : 6) * random.nextGaussian();
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < 40; z++) {
			final float[] slice = new float[128 * 128];
			for (int i = 0; i < slice.length; i++) {
				double sum = 0;
				for (final double[] w : waves) sum += Math.sin(w[0] * (i / 128) + w[1] * (i % 128) + w[2] * z + w[3]);
				slice[i] = (float) Math.max(0, 0.5 + 0.12 * sum);
			}
			slices.add(slice);
		}
		return new Volume("blobs", 128, 128, 1, slices, new VoxelSize(1.1, 1.1, 4), "");
	}

	@Test
	void copiesAreNearAndOthersAreNot() {
		final Volume volume = blobs(1);
		final NearestPatch nearest = new NearestPatch(List.of(volume));
		final float[] copy = new float[64 * 64], turned = new float[64 * 64];
		for (int r = 0; r < 64; r++) for (int c = 0; c < 64; c++) {
			copy[r * 64 + c] = volume.slices().get(10)[(r + 22) * 128 + c + 31];
			turned[(63 - c) * 64 + r] = 0.5f * copy[r * 64 + c];
		}
		final List<float[]> altered = NearestPatch.crops(new TrainingImages(List.of(volume)), 8, SampleRandom.generator(2, 2));
		final List<float[]> other = NearestPatch.crops(new TrainingImages(List.of(blobs(3))), 8, SampleRandom.generator(2, 3));
		other.add(TestImage.of(64, 1).slices().get(0));
		final double[] exact = nearest.distances(List.of(copy, turned)), near = nearest.distances(altered), far = nearest.distances(other);
		assertTrue(exact[0] < 0.1 && Math.abs(exact[1] - exact[0]) < 0.02, exact[0] + ", turned " + exact[1]);
		java.util.Arrays.sort(near);
		java.util.Arrays.sort(far);
		assertTrue(near[4] < 0.7 * far[4] && near[4] < far[0], "altered copies " + near[4] + ", others " + far[4]);
	}
}
