package org.posteriorj.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Java arrays to float32 tensors and back, with length checks, and the few reductions that the algorithms share. */
public final class Tensors {

	private Tensors() {}

	/** A float32 tensor on the CPU with a copy of {@code values} in row-major order. */
	public static Tensor of(final float[] values, final long... shape) {
		LibTorch.start();
		if (values.length != Shapes.count(shape)) {
			throw new IllegalArgumentException("Tensors.of: " + values.length + " values do not fill shape " + Arrays.toString(shape) + ".");
		}
		final Tensor tensor = torch.empty(shape);
		// NB: an empty tensor has no storage to write to
		if (values.length > 0) tensor.data_ptr_float().put(values);
		return tensor;
	}

	/** A float64 tensor on the CPU with a copy of {@code values} in row-major order. */
	public static Tensor ofDoubles(final double[] values, final long... shape) {
		LibTorch.start();
		if (values.length != Shapes.count(shape)) {
			throw new IllegalArgumentException("Tensors.ofDoubles: " + values.length + " values do not fill shape " +
				Arrays.toString(shape) + ".");
		}
		final Tensor tensor = torch.zeros(shape, new TensorOptions(torch.ScalarType.Double));
		if (values.length > 0) tensor.data_ptr_double().put(values);
		return tensor;
	}

	/** An int64 tensor on the CPU with a copy of {@code values} in row-major order. */
	public static Tensor ofLongs(final long[] values, final long... shape) {
		LibTorch.start();
		if (values.length != Shapes.count(shape)) {
			throw new IllegalArgumentException("Tensors.ofLongs: " + values.length + " values do not fill shape " + Arrays.toString(shape) + ".");
		}
		final Tensor tensor = torch.zeros(shape, new TensorOptions(torch.ScalarType.Long));
		if (values.length > 0) tensor.data_ptr_long().put(values);
		return tensor;
	}

	/** A float32 tensor of zeros on the CPU. */
	public static Tensor zeros(final long... shape) {
		LibTorch.start();
		return torch.zeros(shape);
	}

	/** All values in row-major order, whatever the strides, dtype float32 or float64 and device. */
	public static float[] toFloats(final Tensor tensor) {
		return Scopes.compute(() -> {
			final Tensor plain = tensor.detach().cpu().to(torch.ScalarType.Float).contiguous();
			final float[] values = new float[Math.toIntExact(plain.numel())];
			if (values.length > 0) plain.data_ptr_float().get(values);
			return values;
		});
	}

	/** All values in row-major order in double precision. */
	public static double[] toDoubles(final Tensor tensor) {
		return Scopes.compute(() -> {
			final Tensor plain = tensor.detach().cpu().to(torch.ScalarType.Double).contiguous();
			final double[] values = new double[Math.toIntExact(plain.numel())];
			if (values.length > 0) plain.data_ptr_double().get(values);
			return values;
		});
	}

	/** {@code tensor} times a number. */
	public static Tensor scale(final Tensor tensor, final double factor) {
		return tensor.mul(new Scalar(factor));
	}

	/** {@code a + factor b}. */
	public static Tensor add(final Tensor a, final double factor, final Tensor b) {
		return a.add(b, new Scalar(factor));
	}

	/** Real inner product of each item of two batches, {@code sum_j a_ij b_ij}, summed in float64. */
	public static double[] dot(final Tensor a, final Tensor b) {
		return Scopes.compute(() -> {
			final double[] dots = new double[(int) a.size(0)];
			for (int i = 0; i < dots.length; i++) {
				// NB: item by item, so that the order of summation does not depend on the batch
				final Tensor products = a.select(0, i).mul(b.select(0, i));
				dots[i] = products.sum(new ScalarTypeOptional(torch.ScalarType.Double)).item_double();
			}
			return dots;
		});
	}

	/** Squared Euclidean norm of each item of a batch, accumulated in float64. */
	public static double[] squaredNorm(final Tensor a) {
		return dot(a, a);
	}

	/** Scales item i of a batch by {@code factors[i]}. */
	public static Tensor scaleItems(final Tensor batch, final double[] factors) {
		final long[] shape = new long[(int) batch.dim()];
		Arrays.fill(shape, 1);
		shape[0] = factors.length;
		return Scopes.keep(() -> batch.mul(ofDoubles(factors, shape).to(torch.ScalarType.Float).to(batch.device(), batch.scalar_type())));
	}

	/** Adds {@code sign factors[i]} times item i of {@code batch} to item i of {@code sum}, in place; returns {@code sum}. */
	public static Tensor addItems(final Tensor sum, final double[] factors, final double sign, final Tensor batch) {
		for (int i = 0; i < factors.length; i++) {
			final long item = i;
			Scopes.run(() -> sum.select(0, item).add_(batch.select(0, item), new Scalar(sign * factors[(int) item])));
		}
		return sum;
	}

	/** Replaces item i of {@code old} by {@code factors[i]} times itself plus item i of {@code batch}, in place. */
	public static void replaceItems(final Tensor old, final double[] factors, final Tensor batch) {
		for (int i = 0; i < factors.length; i++) {
			final long item = i;
			Scopes.run(() -> old.select(0, item).mul_(new Scalar(factors[(int) item])).add_(batch.select(0, item)));
		}
	}

	/** Batches joined along their first axis. */
	public static Tensor concatenate(final List<Tensor> batches) {
		return Scopes.keep(() -> torch.cat(new TensorVector(batches.toArray(new Tensor[0])), 0));
	}

	/** Items {@code from} (inclusive) to {@code to} (exclusive) of a batch, as a view. */
	public static Tensor items(final Tensor batch, final long from, final long to) {
		return batch.narrow(0, from, to - from);
	}

	/**
	 * Applies {@code work} to every item of a batch as a batch of one, and joins the results.
	 * <p>
	 * On the CPU library kernels may sum in another order for another batch size; item by item, results are the same bytes
	 * whatever the batch.
	 */
	public static Tensor eachItem(final Tensor batch, final UnaryOperator<Tensor> work) {
		if (batch.size(0) == 1 || batch.is_cuda()) return work.apply(batch);
		return eachPair(batch, batch, (item, same) -> work.apply(item));
	}

	/** As {@link #eachItem}, for two batches of equal size. */
	public static Tensor eachPair(final Tensor a, final Tensor b, final BinaryOperator<Tensor> work) {
		if (a.size(0) == 1 || a.is_cuda()) return work.apply(a, b);
		return Scopes.keep(() -> {
			final List<Tensor> parts = new ArrayList<>();
			for (long i = 0; i < a.size(0); i++) {
				final Tensor itemA = items(a, i, i + 1);
				final Tensor itemB = items(b, i, i + 1);
				parts.add(Scopes.keep(() -> work.apply(itemA, itemB)));
			}
			return concatenate(parts);
		});
	}

	/** Channels of two batches, [B, C, H, W] and [B, K, H, W], behind each other: [B, C + K, H, W]. */
	public static Tensor channels(final Tensor a, final Tensor b) {
		return torch.cat(new TensorVector(a, b), 1);
	}

	/** Whether every value is finite. */
	public static boolean isFinite(final Tensor tensor) {
		return Scopes.compute(() -> torch.isfinite(tensor).all().item_bool());
	}

	/** A copy of {@code tensor} on {@code device}; the tensor itself where it is there already. */
	public static Tensor to(final Tensor tensor, final Device device) {
		return tensor.to(device, tensor.scalar_type());
	}
}
