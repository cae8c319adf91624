package org.posteriorj.tensor;

import java.util.List;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where tensors live: the choice auto, cpu or cuda, never a silent fall-back. */
public final class ComputeDevice {

	/** The values of the option {@code device}. */
	public static final List<String> CHOICES = List.of("auto", "cpu", "cuda");

	private final String name;
	private final Device device;

	private ComputeDevice(final String name) {
		this.name = name;
		this.device = new Device(name);
		// NB: outlives every scope
		device.retainReference();
	}

	/**
	 * The device for an option value; {@code auto} is CUDA where it works, else the CPU.
	 *
	 * @throws IllegalArgumentException for another word
	 * @throws NativeLoadException if CUDA is asked for and cannot be used, with the reason
	 */
	public static ComputeDevice choose(final String choice) {
		if (!CHOICES.contains(choice)) {
			throw new IllegalArgumentException("device: expected one of " + CHOICES + ", got '" + choice + "'.");
		}
		LibTorch.start();
		final boolean cuda = torch.cuda_is_available();
		if (choice.equals("cuda") && !cuda) throw new NativeLoadException("device: cuda was asked for, but " + whyNoCuda());
		return new ComputeDevice(cuda && !choice.equals("cpu") ? "cuda:0" : "cpu");
	}

	private static String whyNoCuda() {
		if (!Cuda.driverFound()) return "no NVIDIA driver was found on this machine. Use device=cpu, or install the driver.";
		if (!Cuda.gpuJarFound()) return "this installation has libtorch for the CPU only. Use device=cpu, or build with -Pgpu.";
		return "libtorch reports no usable CUDA device. Use device=cpu, or update the NVIDIA driver.";
	}

	/** {@code cpu} or {@code cuda:0}. */
	public String name() {
		return name;
	}

	/** The same values on this device. */
	public Tensor place(final Tensor tensor) {
		return Tensors.to(tensor, device);
	}

	/** libtorch's own object, owned by this one. */
	public Device device() {
		return device;
	}
}
