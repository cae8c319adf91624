package org.posteriorj.host;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.scijava.command.CommandModule;
import org.scijava.module.ModuleItem;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

/** The option line of a macro by the rules of Fiji: {@code key=value}, brackets around values with spaces. */
final class MacroOptions {

	private final List<ModuleItem<?>> options;

	MacroOptions(final List<ModuleItem<?>> options) {
		this.options = options;
	}

	/** Sets what the line gives; what it leaves out keeps its default. */
	void apply(final CommandModule module, final String line) {
		check(line);
		for (final ModuleItem<?> option : options) {
			final String key = option.getName();
			final String text = Macro.getValue(line, key, null);
			if (text == null) {
				if (option.getType() == boolean.class && (" " + line + " ").contains(" " + key + " ")) module.setInput(key, true);
				continue;
			}
			module.setInput(key, option.getType() == ImagePlus.class ? image(key, text) : OptionText.parse(option, text));
		}
	}

	/** ImageJ ignores what it does not know, what comes twice or without a value, and the option would silently keep its default. */
	private void check(final String line) {
		final List<String> keys = options.stream().map(ModuleItem::getName).toList();
		final Set<String> given = new HashSet<>();
		// values in brackets may hold anything, and are no keys
		for (final String word : line.replaceAll("=\\[[^\\]]*\\]", "=").trim().split("\\s+")) {
			final String key = word.replaceAll("=.*", "").toLowerCase(Locale.ROOT);
			if (!key.isEmpty() && !keys.contains(key) && !key.equals("input")) {
				throw new IllegalArgumentException("unknown option '" + key + "' - did you mean '" + Nearest.of(key, keys) + "'?");
			}
			if (!key.isEmpty() && !given.add(key)) throw new IllegalArgumentException(key + ": is given twice.");
			if (!word.contains("=") && options.stream().anyMatch(o -> o.getName().equals(key) && o.getType() != boolean.class)) {
				throw new IllegalArgumentException(key + ": expected " + key + "=VALUE, got '" + word + "'.");
			}
		}
	}

	private static ImagePlus image(final String key, final String title) {
		final ImagePlus image = title.matches("-\\d+") ? WindowManager.getImage(Integer.parseInt(title)) : WindowManager.getImage(title);
		if (image == null) throw new IllegalArgumentException(key + ": no open image has the title '" + title + "'.");
		return image;
	}

	/** Records by key, so that the line is the same in ImageJ and in Fiji. */
	void record(final CommandModule module) {
		for (final ModuleItem<?> option : options) {
			final Object value = module.getInput(option.getName());
			if (value == null) continue;
			final String text = value instanceof ImagePlus image ? image.getTitle() : String.valueOf(value);
			Recorder.recordOption(option.getName(), text.replaceAll("([\"\\\\])", "\\\\$1"));
		}
	}
}
