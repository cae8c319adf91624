package org.posteriorj.tensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW on the parameters of a script, with gradient clipping and an exponential moving average of the weights.
 * <p>
 * One scope per step: nothing that a step makes outlives it.
 *
 * @see "I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR 2019"
 */
public final class Training implements AutoCloseable {

	private static final double CLIP = 1.0;

	private final List<Tensor> parameters = new ArrayList<>();
	private final List<Tensor> averages = new ArrayList<>();
	private final TensorVector vector;
	private final AdamW optimizer;

	/** @param weightDecay decoupled weight decay */
	public Training(final Script script, final double learningRate, final double weightDecay) {
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
			vector = new TensorVector();
			for (final Tensor parameter : script.parameters().values()) {
				if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(torch.MemoryFormat.ChannelsLast));
				parameter.requires_grad_(true);
				vector.push_back(parameter);
				parameters.add(parameter.retainReference());
				averages.add(parameter.detach().clone().retainReference());
			}
			final AdamWOptions options = new AdamWOptions(learningRate);
			options.weight_decay().put(weightDecay);
			optimizer = new AdamW(vector, options);
			vector.retainReference();
			optimizer.retainReference();
		}
	}

	/**
	 * One step: computes the loss with gradients, descends, and moves the average towards the weights.
	 *
	 * @param decay weight of the old average
	 * @return the loss
	 */
	public double step(final double learningRate, final double decay, final Supplier<Tensor> loss) {
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope()) {
			optimizer.param_groups().get(0).options().set_lr(learningRate);
			final Tensor value = loss.get();
			optimizer.zero_grad();
			value.backward();
			torch.clip_grad_norm_(vector, CLIP);
			optimizer.step();
			try (NoGradGuard guard = new NoGradGuard()) {
				final Scalar share = new Scalar(1 - decay);
				for (int i = 0; i < parameters.size(); i++) averages.get(i).lerp_(parameters.get(i).detach(), share);
			}
			return value.item_float();
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	/** Runs {@code work} with the averaged weights in place of the trained ones. */
	public <T> T withAverages(final Supplier<T> work) {
		swap();
		try {
			return work.get();
		}
		finally {
			swap();
		}
	}

	private void swap() {
		Scopes.run(() -> {
			for (int i = 0; i < parameters.size(); i++) {
				final Tensor parameter = parameters.get(i), average = averages.get(i);
				final Tensor copy = parameter.detach().clone();
				parameter.detach().copy_(average);
				average.copy_(copy);
			}
		});
	}

	/** Saves the state of the optimizer, the weights and their averages. */
	public void save(final Path optimizerFile, final Path weightsFile) {
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope()) {
			final OutputArchive archive = new OutputArchive();
			optimizer.save(archive);
			archive.save_to(optimizerFile.toString());
			final OutputArchive weights = new OutputArchive();
			for (int i = 0; i < parameters.size(); i++) {
				weights.write("weight" + i, parameters.get(i).detach());
				weights.write("average" + i, averages.get(i));
			}
			weights.save_to(weightsFile.toString());
		}
	}

	/** Restores what {@link #save} wrote. */
	public void load(final Path optimizerFile, final Path weightsFile) {
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
			final InputArchive archive = new InputArchive();
			archive.load_from(optimizerFile.toString());
			optimizer.load(archive);
			final InputArchive weights = new InputArchive();
			weights.load_from(weightsFile.toString());
			for (int i = 0; i < parameters.size(); i++) {
				final Tensor value = torch.empty(0);
				weights.read("weight" + i, value);
				parameters.get(i).detach().copy_(value);
				final Tensor average = torch.empty(0);
				weights.read("average" + i, average);
				averages.get(i).copy_(average);
			}
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	@Override
	public void close() {
		optimizer.close();
		vector.close();
		parameters.forEach(Tensor::close);
		averages.forEach(Tensor::close);
	}
}
