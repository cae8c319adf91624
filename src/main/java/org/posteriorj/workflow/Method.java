package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.posteriorj.data.Progress;
import org.posteriorj.physics.ClassicalReconstruction;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CgSense;
import org.posteriorj.physics.mri.L1Wavelet;
import org.posteriorj.physics.mri.TvSense;
import org.posteriorj.physics.mri.ZeroFilled;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.WatchedPrior;
import org.posteriorj.sampler.Draws;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/** What the option {@code sampler} of an MRI reconstruction names: a sampler with its prior, or a classical reconstruction. */
sealed interface Method {

	/** Classical reconstructions by their keys. */
	Map<String, Supplier<ClassicalReconstruction>> CLASSICAL = classical();

	private static Map<String, Supplier<ClassicalReconstruction>> classical() {
		final Map<String, Supplier<ClassicalReconstruction>> map = new LinkedHashMap<>();
		map.put(TvSense.NAME, () -> new TvSense(50));
		map.put(L1Wavelet.NAME, () -> new L1Wavelet(100));
		map.put(CgSense.NAME, () -> new CgSense(100));
		map.put(ZeroFilled.NAME, ZeroFilled::new);
		return map;
	}

	/** Every key: samplers first. */
	static List<String> names() {
		final List<String> names = new ArrayList<>(Samplers.names());
		names.addAll(Samplers.namesOfVolumes());
		names.addAll(CLASSICAL.keySet());
		return names;
	}

	/** Whether it needs no prior. */
	static boolean isClassical(final String name) {
		return CLASSICAL.containsKey(name);
	}

	/** The key of the option {@code sampler}. */
	String name();

	/** posterior sampler, approximate sampler, point estimator or classical; for reports. */
	String kind();

	/** Whether the spread of its images is an uncertainty, at least approximately. */
	default boolean uncertain() {
		return false;
	}

	/** What is wrong with the spread of an approximate sampler; empty for the others. */
	default String bias() {
		return "";
	}

	/** Steps of one image, of whatever takes the time. */
	default long steps() {
		return 1;
	}

	/** Network evaluations of one image, 0 for none. */
	default long evaluations() {
		return 0;
	}

	/** The same, with denoised images handed to a viewer every few seconds; methods without a network have none. */
	default Method watched(final Consumer<float[]> viewer) {
		return this;
	}

	/** One image per sample of {@code random}; data in prior units. */
	Draws draw(DataConsistency data, SampleRandom random, Progress progress);

	/** A sampler with its prior. */
	record Diffusion(PosteriorSampler sampler, DiffusionPrior prior) implements Method {

		@Override
		public String name() {
			return sampler.name();
		}

		@Override
		public String kind() {
			return sampler.kind().text();
		}

		@Override
		public boolean uncertain() {
			return sampler.kind().draws();
		}

		@Override
		public String bias() {
			return sampler.bias();
		}

		@Override
		public long steps() {
			return sampler.evaluations();
		}

		@Override
		public long evaluations() {
			return sampler.evaluations();
		}

		@Override
		public Method watched(final Consumer<float[]> viewer) {
			return new Diffusion(sampler, new WatchedPrior(prior, viewer));
		}

		@Override
		public Draws draw(final DataConsistency data, final SampleRandom random, final Progress progress) {
			return sampler.sample(prior, data, random, progress);
		}
	}

	/** One slice of a volume that was reconstructed as a whole, [2, H, W] in prior units. */
	record Slice(String name, float[] image) implements Method {

		@Override
		public String kind() {
			return PosteriorSampler.Kind.POINT.text();
		}

		@Override
		public Draws draw(final DataConsistency data, final SampleRandom random, final Progress progress) {
			progress.advance(1, 1, name);
			return Draws.equal(Tensors.to(Tensors.of(image, Shapes.batch(1, data.operator().imageShape())), data.data().device()));
		}
	}

	/** A classical reconstruction. */
	record Classical(ClassicalReconstruction reconstruction, double trust) implements Method {

		@Override
		public String name() {
			return reconstruction.name();
		}

		@Override
		public String kind() {
			return "classical";
		}

		@Override
		public Draws draw(final DataConsistency data, final SampleRandom random, final Progress progress) {
			return Draws.equal(reconstruction.reconstruct(data, trust, progress));
		}
	}
}
