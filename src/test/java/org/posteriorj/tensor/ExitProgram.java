package org.posteriorj.tensor;

import org.bytedeco.pytorch.Tensor;

/** Ends, with exit code 3, while convolutions are computed in another thread. */
public final class ExitProgram {

	private ExitProgram() {}

	/** The milliseconds after which it ends. */
	public static void main(final String[] args) {
		final Script network = Script.create("Convolutions");
		network.define("def forward(self, x: Tensor, w: Tensor) -> Tensor:\n    for i in range(5000):\n        x = torch.conv2d(x, w, None, [1, 1], [1, 1])\n    return x\n");
		final Thread end = new Thread(() -> {
			try {
				Thread.sleep(Long.parseLong(args[0]));
			}
			catch (final InterruptedException exc) {
				throw new IllegalStateException(exc);
			}
			System.exit(3);
		});
		end.start();
		Scopes.run(() -> {
			final Tensor image = Tensors.zeros(2, 16, 16, 16), weight = Tensors.zeros(16, 16, 3, 3);
			while (true) Scopes.run(() -> network.forward(image, weight));
		});
	}
}
