package org.posteriorj.physics;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The slices of a volume, each measured by an operator of its own: item z of a batch belongs to operator z, and a batch has all slices. Images and data of all slices
 * have one shape. The operators stay their owner's.
 */
public final class OperatorStack implements LinearOperator {

	private final List<? extends LinearOperator> operators;

	/** @param operators of the slices, in order */
	public OperatorStack(final List<? extends LinearOperator> operators) {
		if (operators.isEmpty()) throw new IllegalArgumentException("operator stack: needs at least one slice.");
		final LinearOperator first = operators.get(0);
		for (int z = 1; z < operators.size(); z++) {
			final LinearOperator own = operators.get(z);
			if (Arrays.equals(own.imageShape(), first.imageShape()) && Arrays.equals(own.dataShape(), first.dataShape())) continue;
			throw new IllegalArgumentException("operator stack: slice " + (z + 1) + " has images of " + Arrays.toString(own.imageShape()) + " and data of " + Arrays.toString(own
				.dataShape()) + ", the first one " + Arrays.toString(first.imageShape()) + " and " + Arrays.toString(first.dataShape()) + ".");
		}
		this.operators = List.copyOf(operators);
	}

	@Override
	public long[] imageShape() {
		return operators.get(0).imageShape();
	}

	@Override
	public long[] dataShape() {
		return operators.get(0).dataShape();
	}

	@Override
	public Tensor forward(final Tensor images) {
		return each(images, LinearOperator::forward);
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		return each(data, LinearOperator::adjoint);
	}

	@Override
	public Tensor normal(final Tensor images) {
		return each(images, LinearOperator::normal);
	}

	/** @param weights of every slice, [Z, data], or of all, [1, data] */
	@Override
	public UnaryOperator<Tensor> weightedNormal(final Tensor weights) {
		final List<UnaryOperator<Tensor>> own = IntStream.range(0, operators.size()).mapToObj(z -> operators.get(z).weightedNormal(weights.size(0) == 1 ? weights : Tensors
			.items(weights, z, z + 1))).toList();
		return images -> each(images, own, UnaryOperator::apply);
	}

	private Tensor each(final Tensor batch, final BiFunction<LinearOperator, Tensor, Tensor> work) {
		return each(batch, operators, work::apply);
	}

	private static <T> Tensor each(final Tensor batch, final List<? extends T> slices, final BiFunction<T, Tensor, Tensor> work) {
		if (batch.size(0) != slices.size()) {
			throw new IllegalArgumentException("operator stack: the batch has " + batch.size(0) + " items, expected one for each of " + slices.size() + " slices.");
		}
		return Scopes.keep(() -> Tensors.concatenate(IntStream.range(0, slices.size()).mapToObj(z -> Scopes.keep(() -> work.apply(slices.get(z), Tensors.items(batch, z, z +
			1)))).toList()));
	}

	/** Of the slice that has the largest. */
	@Override
	public double norm() {
		return operators.stream().mapToDouble(LinearOperator::norm).max().orElseThrow();
	}

	/** Of all slices. */
	@Override
	public long measurements() {
		return operators.stream().mapToLong(LinearOperator::measurements).sum();
	}
}
