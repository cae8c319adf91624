package org.posteriorj.workflow;

import java.util.List;

import org.posteriorj.prior.train.IntensityScale;

/**
 * Options of {@link TrainPrior}; the names are the option keys.
 *
 * @param name short name of the prior
 * @param licence of the weights
 * @param channels 2 complex (MRI), 1 real
 * @param scaling how intensities become prior units: percentile (MRI) or hounsfield (CT)
 * @param network laptop, large or small
 * @param conditional whether the network is told what a scan measured, scans being simulated on the fly; needs channels = 2
 * @param consistency whether the error of a conditional network is taken after a step of data consistency
 * @param start prior to begin from, by name or file; empty = random weights
 * @param steps length of the run, 0 = as many as fit in {@code minutes}
 * @param minutes length of the run where steps is 0
 * @param batch crops per step
 * @param crop rows and columns of a crop
 * @param rate peak of the learning rate
 * @param precision auto, float32 or bfloat16
 * @param immiscible whether every image of a batch gets the noise that lies nearest
 * @param curriculum whether noise levels go from easy (much noise) to hard
 * @param sigmadata root mean square of the images in prior units, 0 = measure
 * @param slices slices of the validation volume
 * @param brightest value of the validation volume that counts as 1, 0 = as for the training volumes
 * @param seed seed of weights, crops, levels and noise
 * @param threads threads of one operation, 0 = all
 */
public record TrainPriorSettings(String name, String licence, int channels, String scaling, String network, boolean conditional, boolean consistency,
	String start, int steps, double minutes,
	int batch, int crop, double rate, String precision, boolean immiscible, boolean curriculum, double sigmadata, int slices, double brightest, long seed, int threads)
{

	/** Values of {@code network}. */
	public static final List<String> NETWORKS = List.of("laptop", "large", "small");
	/** Values of {@code precision}. */
	public static final List<String> PRECISIONS = List.of("auto", "float32", "bfloat16");

	public TrainPriorSettings {
		if (name == null || !name.matches("[\\w.-]{1,60}")) throw new IllegalArgumentException("name: expected 1 to 60 letters, digits, '-', '_' or '.', got '" + name +
			"'.");
		Options.range("channels", channels, 1, 2);
		Options.choice("scaling", scaling, IntensityScale.KEYS);
		Options.choice("network", network, NETWORKS);
		if (conditional && channels != 2) throw new IllegalArgumentException("conditional: scans are simulated for complex images - set channels=2, got " + channels + ".");
		if (consistency && !conditional) throw new IllegalArgumentException("consistency: needs measurements - set conditional=true.");
		Options.range("steps", steps, 0, 100_000_000);
		Options.range("minutes", minutes, 0, 100_000);
		if (steps == 0 && minutes == 0) throw new IllegalArgumentException("steps: expected steps or minutes above 0, got 0 for both.");
		Options.range("batch", batch, 1, 4096);
		Options.range("crop", crop, 32, 1024);
		Options.range("rate", rate, 1e-7, 1);
		Options.choice("precision", precision, PRECISIONS);
		Options.range("sigmadata", sigmadata, 0, 1000);
		Options.range("slices", slices, 1, 1000);
		Options.range("brightest", brightest, 0, Double.MAX_VALUE);
		Options.range("threads", threads, 0, 1024);
		if (channels == 2 && scaling.equals("hounsfield")) throw new IllegalArgumentException("scaling: hounsfield is for real images - set channels=1.");
	}
}
