package org.posteriorj.tensor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ExtraFilesMap;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NamedTensor;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.named_parameter_iterator;
import org.bytedeco.pytorch.named_parameter_list;
import org.bytedeco.pytorch.global.torch;

/**
 * A TorchScript module: built from text and tensors, or loaded from a {@code .pt} file; the one format of networks.
 * <p>
 * Lives outside every scope until it is closed.
 */
public final class Script implements AutoCloseable {

	private final JitModule module;
	private final CompilationUnit unit;
	private final Map<String, String> extras = new LinkedHashMap<>();

	private Script(final JitModule module, final CompilationUnit unit) {
		this.module = module;
		this.unit = unit;
		module.retainReference();
		if (unit != null) unit.retainReference();
	}

	/** An empty module to which parameters, modules and methods are added. */
	public static Script create(final String className) {
		LibTorch.start();
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope()) {
			final CompilationUnit unit = new CompilationUnit();
			return new Script(new JitModule(new QualifiedName("__torch__." + className), unit, true), unit);
		}
	}

	/** An empty module of the same family as this one, to be added to it. */
	public Script child(final String className) {
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope()) {
			return new Script(new JitModule(new QualifiedName("__torch__." + className), unit, true), unit);
		}
	}

	/**
	 * Loads a file on the CPU. The caller has checked that it may be trusted: see {@code prior.PriorFile}.
	 *
	 * @param extraNames files inside the archive to read as well
	 */
	public static Script load(final Path file, final String... extraNames) {
		LibTorch.start();
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope()) {
			final ExtraFilesMap map = new ExtraFilesMap();
			for (final String name : extraNames) map.put(new BytePointer(name), new BytePointer(""));
			final JitModule module = torch.load(new BytePointer(file.toString()), new DeviceOptional(), map, false);
			final Script script = new Script(module, null);
			for (final String name : extraNames) {
				final BytePointer text = map.get(new BytePointer(name));
				if (text != null) script.extras.put(name, text.getString());
			}
			script.module.eval();
			return script;
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	/** Adds a trainable parameter. */
	public void parameter(final String name, final Tensor value) {
		module.register_parameter(name, value, false);
	}

	/** Adds a module. */
	public void module(final String name, final Script child) {
		module.register_module(name, child.module);
	}

	/** Adds methods written as TorchScript text. */
	public void define(final String text) {
		try {
			module.define(text);
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	/** Calls {@code forward}. */
	public Tensor forward(final Tensor... inputs) {
		final IValueVector arguments = new IValueVector();
		for (final Tensor input : inputs) arguments.push_back(new IValue(input));
		return owned(module.forward(arguments));
	}

	/** Calls another method. */
	public Tensor call(final String method, final Tensor... inputs) {
		final IValueVector arguments = new IValueVector();
		for (final Tensor input : inputs) arguments.push_back(new IValue(input));
		return owned(module.get_method(method).apply(arguments));
	}

	/**
	 * The tensor of a result, of a tuple its first one.
	 * <p>
	 * NB: the tensor inside an IValue is borrowed from it; a copy of the handle outlives it.
	 */
	private static Tensor owned(final IValue value) {
		if (value.isTensor()) return new Tensor(value.toTensor());
		if (value.isTuple() && value.toTuple().elements().size() > 0) return owned(value.toTuple().elements().get(0));
		throw new IllegalArgumentException("the network returns a " + value.tagKind().getString() + ", expected a tensor - wrap it so that forward returns one.");
	}

	/** Whether there is a method of this name. */
	public boolean hasMethod(final String name) {
		return module.find_method(name).has_value();
	}

	/** A file that was inside the archive, empty if it was not there. */
	public String extra(final String name) {
		return extras.getOrDefault(name, "");
	}

	/** Saves module and extra files; written whole by the caller's choice of a temporary name. */
	public void save(final Path file, final Map<String, String> extraFiles) {
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope()) {
			final ExtraFilesMap map = new ExtraFilesMap();
			extraFiles.forEach((name, text) -> map.put(new BytePointer(name), new BytePointer(text)));
			module.save(file.toString(), map);
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	/** All parameters by dotted name, in order of registration; the tensors share memory with the module. */
	public Map<String, Tensor> parameters() {
		final Map<String, Tensor> parameters = new LinkedHashMap<>();
		final named_parameter_list list = module.named_parameters();
		final named_parameter_iterator end = list.end();
		for (final named_parameter_iterator it = list.begin(); it.notEquals(end); it.increment()) {
			final NamedTensor named = it.multiply();
			parameters.put(named.name().getString(), new Tensor(named.value()));
		}
		return parameters;
	}

	/** Moves every parameter to a device. */
	public void to(final ComputeDevice device) {
		module.to(device.device());
	}

	@Override
	public void close() {
		module.close();
		if (unit != null) unit.close();
	}
}
