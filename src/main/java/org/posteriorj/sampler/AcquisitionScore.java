package org.posteriorj.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * How much a line is expected to tell, from what N particles say it would measure: with {@code d_ij^2} the squared distance of
 * the predictions of particles i and j for the line, w the width of a particle, {@code v_k} the variance of value k of the line over the
 * particles, and sigma the noise of a value.
 * <p>
 * The variance is the error that a line takes away where its values are orthonormal, as those of k-space are. The values of a view are
 * not: a ray along a long object varies more than one across it, but tells no more. There the information is right.
 *
 * @see "O. Nolan et al., Active diffusion subsampling, Trans. Mach. Learn. Res. (2025)"
 * @see "J. R. Hershey, P. A. Olsen, ICASSP 2007, for the bounds of the entropy of a mixture"
 */
public enum AcquisitionScore {

	/** {@code sum_ij d^2 / (2 N^2)}, the total variance, less that of the noise: no width, and the limit of the entropies for small d / w. */
	VARIANCE("variance"),
	/** {@code -1/N sum_i ln (1/N sum_j exp(-d^2 / (2 w^2)))}: what the mixture's entropy exceeds that of noise by, at most. */
	KL("kl"),
	/** {@code -1/N sum_i ln (1/N sum_j exp(-d^2 / (8 w^2)))}: what it exceeds it by, at least. */
	BHATTACHARYYA("bhattacharyya"),
	/** {@code sum_i ln sum_j exp(+d^2 / (2 w^2))}, as published; no entropy, and ruled by the farthest pair. For replication. */
	ADS_PLUS("ads-plus"),
	/** {@code 1/2 sum_k ln(1 + v_k / sigma^2)}: the mutual information of the line and the image if its values are independent and Gaussian. */
	INFORMATION("information");

	private final String key;

	AcquisitionScore(final String key) {
		this.key = key;
	}

	/** The value of the option {@code score}. */
	public String key() {
		return key;
	}

	/** Every key. */
	public static List<String> keys() {
		return Arrays.stream(values()).map(AcquisitionScore::key).toList();
	}

	/** A score by its key. */
	public static AcquisitionScore of(final String key) {
		return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException(
			"score: expected one of " + String.join(", ", keys()) + "; got '" + key + "'."));
	}

	/** {@code d_ij^2} of every line, [line][i][j], in float64: predictions [N, lines, values]. */
	public static double[][][] distances(final Tensor predicted) {
		final int particles = (int) predicted.size(0), lines = (int) predicted.size(1);
		final double[][][] all = new double[lines][particles][particles];
		for (int line = 0; line < lines; line++) {
			final int now = line;
			final double[] gram = Scopes.compute(() -> {
				final Tensor x = predicted.select(1, now).to(torch.ScalarType.Double);
				// NB: distances are small against the values themselves
				final Tensor centred = x.sub(x.mean(0));
				return Tensors.toDoubles(torch.matmul(centred, centred.transpose(0, 1)));
			});
			for (int i = 0; i < particles; i++) for (int j = 0; j < particles; j++) {
				all[line][i][j] = Math.max(0, gram[i * particles + i] + gram[j * particles + j] - 2 * gram[i * particles + j]);
			}
		}
		return all;
	}

	/** {@code v_k} of every line, [line][k], in float64: predictions [N, lines, values], N at least 2. */
	public static double[][] variances(final Tensor predicted) {
		final int lines = (int) predicted.size(1);
		return java.util.stream.IntStream.range(0, lines).mapToObj(line -> Scopes.compute(() -> {
			final Tensor x = predicted.select(1, line).to(torch.ScalarType.Double);
			return Tensors.toDoubles(x.sub(x.mean(0)).square().sum(0).div(new org.bytedeco.pytorch.Scalar(predicted.size(0) - 1.0)));
		})).toArray(double[][]::new);
	}

	/**
	 * The score of one line.
	 *
	 * @param distances {@code d_ij^2}, [N][N]
	 * @param variances {@code v_k}
	 * @param width w; used by the bounds of the entropy and the published score only
	 * @param noise sigma; used by the variance and the information only
	 */
	public double of(final double[][] distances, final double[] variances, final double width, final double noise) {
		final int n = distances.length;
		final double w2 = width * width;
		return switch (this) {
			case VARIANCE -> total(distances) / (2.0 * n * n) - noise * noise * variances.length;
			case KL -> -logMeans(distances, d -> -d / (2 * w2), 1.0 / n) / n;
			case BHATTACHARYYA -> -logMeans(distances, d -> -d / (8 * w2), 1.0 / n) / n;
			case INFORMATION -> 0.5 * Arrays.stream(variances).map(v -> Math.log1p(v / (noise * noise))).sum();
			case ADS_PLUS -> logMeans(distances, d -> d / (2 * w2), 1);
		};
	}

	/** {@code sum_i ln (factor sum_j exp(e(d_ij^2)))}. */
	private static double logMeans(final double[][] distances, final DoubleUnaryOperator exponent, final double factor) {
		double sum = 0;
		for (final double[] row : distances) {
			final double[] e = Arrays.stream(row).map(exponent).toArray();
			final double largest = Arrays.stream(e).max().orElseThrow();
			sum += largest + Math.log(factor * Arrays.stream(e).map(v -> Math.exp(v - largest)).sum());
		}
		return sum;
	}

	/** {@code sum_ij d_ij^2}. */
	static double total(final double[][] distances) {
		return Arrays.stream(distances).flatMapToDouble(Arrays::stream).sum();
	}

	/**
	 * The width that makes the median of {@code d^2 / (2 w^2)} 1, over pairs of particles and the lines that are open: a smaller one
	 * would make the bounds tie at ln N. At least that of the noise.
	 */
	static double width(final double[][][] distances, final boolean[] open, final double noise) {
		final double[] all = java.util.stream.IntStream.range(0, distances.length).filter(l -> open[l]).boxed().flatMapToDouble(l -> {
			final double[][] d = distances[l];
			return java.util.stream.IntStream.range(0, d.length).boxed().flatMapToDouble(i -> Arrays.stream(d[i], 0, i));
		}).sorted().toArray();
		return all.length == 0 ? noise : Math.max(noise, Math.sqrt(all[all.length / 2] / 2));
	}
}
