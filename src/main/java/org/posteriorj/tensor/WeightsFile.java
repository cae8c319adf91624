package org.posteriorj.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.GenericDictIterator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Weights without a network: what Python's {@code torch.save(dict_of_tensors, file)} writes. */
public final class WeightsFile {

	private WeightsFile() {}

	/**
	 * Copies the weights into the parameters of the same name.
	 *
	 * @throws IllegalArgumentException if the file holds something else, or names or shapes differ
	 */
	public static void copyInto(final Script network, final Path file) throws IOException {
		LibTorch.start();
		final byte[] bytes = Files.readAllBytes(file);
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
			final Map<String, Tensor> found = tensors(torch.pickle_load(new ByteVector(bytes)));
			final Map<String, Tensor> wanted = network.parameters();
			for (final Map.Entry<String, Tensor> entry : wanted.entrySet()) {
				final Tensor value = found.get(entry.getKey());
				if (value == null) throw new IllegalArgumentException("the weights '" + entry.getKey() + "' are missing");
				if (!java.util.Arrays.equals(Shapes.of(value), Shapes.of(entry.getValue()))) {
					throw new IllegalArgumentException("the weights '" + entry.getKey() + "' have shape " + java.util.Arrays.toString(Shapes.of(value)) + ", expected " +
						java.util.Arrays.toString(Shapes.of(entry.getValue())));
				}
				entry.getValue().detach().copy_(value);
			}
			found.keySet().removeAll(wanted.keySet());
			if (!found.isEmpty()) throw new IllegalArgumentException("the weights '" + found.keySet().iterator().next() + "' belong to no part of the network");
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	private static Map<String, Tensor> tensors(final IValue content) {
		if (!content.isGenericDict()) throw new IllegalArgumentException("it holds no plain dict of tensors");
		final Map<String, Tensor> tensors = new LinkedHashMap<>();
		final GenericDict dict = content.toGenericDict();
		final GenericDictIterator end = dict.end();
		for (final GenericDictIterator it = dict.begin(); it.notEquals(end); it.increment()) {
			final IValue key = it.access().key(), value = it.access().value();
			if (!key.isString() || !value.isTensor()) throw new IllegalArgumentException("it holds something besides named tensors");
			// NB: the tensor inside an IValue is borrowed from it
			tensors.put(key.toStringRef().getString(), new Tensor(value.toTensor()));
		}
		return tensors;
	}
}
