package org.posteriorj.prior;

import java.util.List;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/**
 * What a prior file says about itself: the file {@code meta.json} inside the TorchScript archive, or beside it.
 *
 * @param name short name, the value of the option {@code prior}
 * @param version of this file
 * @param licence of the weights
 * @param trainingData volumes it was trained on, with their licences, one per entry
 * @param channels 2 complex (real, imaginary), 1 real
 * @param conditioning further input channels
 * @param parameterisation edm (the network is D itself), edm-raw (before preconditioning), eps, score, v, x0 or flow
 * @param scaling how physical intensities become prior units
 * @param sigmaMin smallest noise level, prior units
 * @param sigmaMax largest noise level, prior units
 * @param sigmaData root mean square of the images, prior units
 * @param multipleOf sizes that the network takes, 1 = any
 * @param validation denoising error in dB at noise levels, measured on a volume that it was not trained on
 * @param command the command that made it
 * @param sha256 SHA-256 of the weights, see {@link WeightHash}; null if unknown
 * @param convention how a network that others made wants to be called; null for our own
 * @param conditions the scans that a conditional network was trained on; null otherwise
 * @param design shape of our own network, for files that hold weights alone; null otherwise
 */
public record PriorMeta(String name, String version, String licence, List<String> trainingData, int channels, int conditioning,
	String parameterisation, String scaling, double sigmaMin, double sigmaMax, double sigmaData, int multipleOf,
	Map<String, Double> validation, String command, String sha256, Convention convention,
	ConditionRange conditions, Architecture design)
{

	/** Channels and residual blocks at each scale of a {@link UNet}, finest first. */
	public record Architecture(List<Integer> widths, List<Integer> blocks) {}


	/** Of a network that is {@code D(x; sigma)} itself. */
	public PriorMeta(final String name, final String version, final String licence, final List<String> trainingData, final int channels,
		final int conditioning, final String parameterisation, final String scaling, final double sigmaMin, final double sigmaMax,
		final double sigmaData, final int multipleOf, final Map<String, Double> validation, final String command)
	{
		this(name, version, licence, trainingData, channels, conditioning, parameterisation, scaling, sigmaMin, sigmaMax, sigmaData, multipleOf, validation,
			command, null, null, null, null);
	}

	/** Name of the file inside the archive. */
	public static final String FILE = "meta.json";

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	/** The JSON text. */
	public String toJson() {
		return GSON.toJson(this);
	}

	/**
	 * Reads the JSON text.
	 *
	 * @throws IllegalArgumentException naming what is missing or out of range
	 */
	public static PriorMeta fromJson(final String where, final String json) {
		final PriorMeta meta;
		try {
			meta = GSON.fromJson(json, PriorMeta.class);
		}
		catch (final JsonParseException exc) {
			throw new IllegalArgumentException(where + ": " + FILE + " is not valid JSON: " + exc.getMessage().split("\n")[0], exc);
		}
		if (meta == null) throw new IllegalArgumentException(where + ": no " + FILE + " inside or beside the file - see the README on how to write one.");
		meta.check(where);
		return meta;
	}

	private void check(final String where) {
		require(name != null && !name.isBlank(), where, "name is missing");
		require(channels == 1 || channels == 2, where, "channels must be 1 or 2, got " + channels);
		require(conditioning >= 0 && conditioning <= 16, where, "conditioning must be 0 to 16, got " + conditioning);
		require(conditioning == 0 || multipleOf <= 1 && convention == null, where,
			"a network with conditioning must take any size and prior units: multipleOf 1, no convention");
		require(Parameterisation.KINDS.contains(parameterisation), where, "parameterisation must be one of " + Parameterisation.KINDS + ", got " +
			parameterisation);
		require(sigmaMin > 0 && sigmaMin < sigmaMax && sigmaMax < 1e6, where, "needs 0 < sigmaMin < sigmaMax, got " + sigmaMin + " and " + sigmaMax);
		require(sigmaData > 0 && sigmaData < 1e6, where, "sigmaData must be positive, got " + sigmaData);
		require(multipleOf >= 0 && multipleOf <= 1024, where, "multipleOf must be 0 to 1024, got " + multipleOf);
		require(validation == null || validation.entrySet().stream().allMatch(e -> isLevel(e.getKey()) && e.getValue() != null), where,
			"validation must map noise levels above 0 to dB, got " + validation);
		require(sha256 == null || sha256.matches("[0-9a-f]{64}"), where, "sha256 must have 64 hexadecimal digits, got " + sha256);
		final String complaint = conventionOrNone().complaint();
		require(complaint == null, where, "convention: " + complaint);
		require(labelKind() != null, where, "convention: label is missing for a network that predicts " + parameterisation + ", expected one of " +
			NoiseLabel.KINDS);
	}

	/** Whether it learned from images turned and flipped every way and with any phase, as {@code train-prior} does. */
	boolean turnedInTraining() {
		return command != null && command.contains("train-prior") && convention == null && multipleOf <= 1;
	}

	private static boolean isLevel(final String key) {
		try {
			return Double.parseDouble(key) > 0;
		}
		catch (final NumberFormatException exc) {
			return false;
		}
	}

	Convention conventionOrNone() {
		return convention == null ? Convention.NONE : convention;
	}

	private String labelKind() {
		final String given = conventionOrNone().label();
		return given == null ? Parameterisation.usualLabel(parameterisation, conventionOrNone()) : given;
	}

	/** How the network is told the noise level. */
	NoiseLabel label() {
		return NoiseLabel.of(labelKind(), conventionOrNone());
	}

	/** The same with another hash of the weights. */
	public PriorMeta withSha256(final String hash) {
		return new PriorMeta(name, version, licence, trainingData, channels, conditioning, parameterisation, scaling, sigmaMin, sigmaMax, sigmaData, multipleOf,
			validation, command, hash, convention, conditions, design);
	}

	/** The same with the scans that it was trained on. */
	public PriorMeta withConditions(final ConditionRange range) {
		return new PriorMeta(name, version, licence, trainingData, channels, conditioning, parameterisation, scaling, sigmaMin, sigmaMax, sigmaData, multipleOf,
			validation, command, sha256, convention, range, design);
	}

	private static void require(final boolean condition, final String where, final String what) {
		if (!condition) throw new IllegalArgumentException(where + ": " + FILE + ": " + what + ".");
	}
}
