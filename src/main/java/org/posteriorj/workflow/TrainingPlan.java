package org.posteriorj.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.zip.CRC32;

import org.posteriorj.data.Volume;
import org.posteriorj.io.WholeFile;

/**
 * What a training run was begun with, measured choices included; stands beside its checkpoint, so that it is resumed with the
 * same, and not with anything else by mistake.
 *
 * @param steps length of the run
 * @param half whether it computes in bfloat16
 * @param sigmaData root mean square of its images
 */
record TrainingPlan(long steps, boolean half, double sigmaData) {

	private static final String FILE = "plan.properties";

	/** The plan of the run in a folder, or a new one that is written there. */
	static TrainingPlan of(final Path folder, final TrainPriorSettings settings, final List<Volume> volumes, final Supplier<TrainingPlan> fresh)
		throws IOException
	{
		final Properties asked = asked(settings, volumes);
		final Path file = folder.resolve(FILE);
		if (Files.exists(file)) {
			final Properties found = new Properties();
			try (InputStream in = Files.newInputStream(file)) {
				found.load(in);
			}
			for (final String key : new TreeSet<>(asked.stringPropertyNames())) {
				if (asked.getProperty(key).equals(found.getProperty(key))) continue;
				throw new IllegalArgumentException("output: '" + folder + "' holds an unfinished run with " + key + "=" + found.getProperty(key) + ", asked for now is " +
					asked.getProperty(key) + " - resume it with the same options, delete that folder, or name another output.");
			}
			try {
				return new TrainingPlan(Long.parseLong(found.getProperty("plan.steps")), Boolean.parseBoolean(found.getProperty("plan.half")), Double.parseDouble(found
					.getProperty("plan.sigmadata")));
			}
			catch (final NumberFormatException | NullPointerException exc) {
				throw new IllegalArgumentException("output: '" + file + "' is damaged - delete that folder to start anew.", exc);
			}
		}
		final TrainingPlan plan = fresh.get();
		asked.setProperty("plan.steps", Long.toString(plan.steps()));
		asked.setProperty("plan.half", Boolean.toString(plan.half()));
		asked.setProperty("plan.sigmadata", Double.toString(plan.sigmaData()));
		Files.createDirectories(folder);
		WholeFile.write(file, draft -> {
			try (OutputStream out = Files.newOutputStream(draft)) {
				asked.store(out, "what this training run was begun with");
			}
		});
		return plan;
	}

	/** What must be the same for a run to be the same; the number of threads need not. */
	private static Properties asked(final TrainPriorSettings s, final List<Volume> volumes) {
		final Properties p = new Properties();
		p.setProperty("channels", String.valueOf(s.channels()));
		p.setProperty("scaling", s.scaling());
		p.setProperty("network", s.network());
		p.setProperty("conditional", String.valueOf(s.conditional()));
		p.setProperty("consistency", String.valueOf(s.consistency()));
		p.setProperty("start", s.start());
		p.setProperty("steps", String.valueOf(s.steps()));
		if (s.steps() == 0) p.setProperty("minutes", String.valueOf(s.minutes()));
		p.setProperty("batch", String.valueOf(s.batch()));
		p.setProperty("crop", String.valueOf(s.crop()));
		p.setProperty("rate", String.valueOf(s.rate()));
		p.setProperty("precision", s.precision());
		p.setProperty("immiscible", String.valueOf(s.immiscible()));
		p.setProperty("curriculum", String.valueOf(s.curriculum()));
		p.setProperty("sigmadata", String.valueOf(s.sigmadata()));
		p.setProperty("seed", String.valueOf(s.seed()));
		p.setProperty("volumes", checksum(volumes));
		return p;
	}

	private static String checksum(final List<Volume> volumes) {
		final CRC32 sum = new CRC32();
		final java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(1 << 16);
		for (final Volume volume : volumes) {
			for (final float[] slice : volume.slices()) {
				for (int i = 0; i < slice.length; i += bytes.capacity() / 4) {
					bytes.clear();
					final int n = Math.min(bytes.capacity() / 4, slice.length - i);
					bytes.asFloatBuffer().put(slice, i, n);
					sum.update(bytes.array(), 0, 4 * n);
				}
			}
		}
		return volumes.size() + " with checksum " + Long.toHexString(sum.getValue());
	}
}
