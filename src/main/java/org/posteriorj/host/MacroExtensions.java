package org.posteriorj.host;

import java.util.Objects;
import java.util.Optional;

import org.posteriorj.workflow.CompareWithReference;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.ExtensionDescriptor;
import ij.macro.Functions;
import ij.macro.MacroExtension;
import ij.plugin.PlugIn;

/**
 * Functions for macros, after {@code run("PosteriorJ Macro Extensions")}.
 * <ul>
 * <li>{@code Ext.posteriorjInfo("key", value)}: an entry of the record of the run that made the active image</li>
 * <li>{@code Ext.posteriorjPsnr("image", "reference", value)}: PSNR of one open image against another, in dB</li>
 * <li>{@code Ext.posteriorjNrmse("image", "reference", value)}: normalised root-mean-square error</li>
 * <li>{@code Ext.posteriorjTry("command", "options", problem)}: {@code run("command", "options")} that does not stop the macro: why the command
 * failed, or nothing if it did not</li>
 * </ul>
 */
public final class MacroExtensions implements PlugIn, MacroExtension {

	private static final int[] TEXT = { ARG_STRING, ARG_OUTPUT + ARG_STRING };
	private static final int[] ATTEMPT = { ARG_STRING, ARG_STRING, ARG_OUTPUT + ARG_STRING };
	private static final int[] PAIR = { ARG_STRING, ARG_STRING, ARG_OUTPUT + ARG_NUMBER };

	@Override
	public void run(final String arg) {
		Functions.registerExtensions(this);
	}

	@Override
	public String handleExtension(final String name, final Object[] args) {
		if (name.equals("posteriorjInfo")) {
			((String[]) args[1])[0] = info((String) args[0]);
			return null;
		}
		if (name.equals("posteriorjTry")) {
			((String[]) args[2])[0] = Objects.toString(CommandBridge.attempt(() -> CommandCatalogue.labelled((String) args[0]), (String) args[1]), "");
			return null;
		}
		final var metrics = CompareWithReference.run(Windows.volume(image((String) args[0])), Windows.volume(image((String) args[1])), false).mean();
		((Double[]) args[2])[0] = name.equals("posteriorjPsnr") ? metrics.psnr() : metrics.nrmse();
		return null;
	}

	private static String info(final String key) {
		final ImagePlus image = Optional.ofNullable(WindowManager.getCurrentImage()).orElseThrow(() -> new IllegalArgumentException(
			"posteriorjInfo: no image is open."));
		return String.valueOf(image.getInfoProperty()).lines().filter(l -> l.startsWith(key + ": ")).findFirst().map(l -> l.substring(key.length() + 2))
			.orElseThrow(() -> new IllegalArgumentException("posteriorjInfo: '" + image.getTitle() + "' has no entry '" + key + "'."));
	}

	private static ImagePlus image(final String title) {
		return Optional.ofNullable(WindowManager.getImage(title)).orElseThrow(() -> new IllegalArgumentException("no open image has the title '" + title +
			"'."));
	}

	@Override
	public ExtensionDescriptor[] getExtensionFunctions() {
		return new ExtensionDescriptor[] { new ExtensionDescriptor("posteriorjInfo", TEXT, this), new ExtensionDescriptor("posteriorjPsnr", PAIR, this),
			new ExtensionDescriptor("posteriorjNrmse", PAIR, this), new ExtensionDescriptor("posteriorjTry", ATTEMPT, this) };
	}
}
