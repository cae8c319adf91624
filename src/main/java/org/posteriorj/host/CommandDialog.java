package org.posteriorj.host;

import java.awt.Component;
import java.awt.Label;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.CommandModule;
import org.scijava.module.ModuleItem;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

/** ImageJ's dialog for the options of a command. */
final class CommandDialog {

	private static final int TEXT_COLUMNS = 18, FILE_COLUMNS = 24, DIGITS = 4;

	private final CommandEntry entry;
	private final CommandModule module;
	private final List<ModuleItem<?>> options;
	private final List<ImagePlus> images = new ArrayList<>();

	CommandDialog(final CommandEntry entry, final CommandModule module, final List<ModuleItem<?>> options) {
		this.entry = entry;
		this.module = module;
		this.options = options;
		final int[] ids = WindowManager.getIDList();
		if (ids != null) for (final int id : ids) images.add(WindowManager.getImage(id));
	}

	/** Asks until the options are right; false if the user cancels. */
	boolean show() {
		if (options.isEmpty()) return true;
		final boolean recording = Recorder.record;
		Recorder.record = false; // recorded by key afterwards, not by label
		try {
			String complaint = null;
			do {
				final GenericDialog dialog = build(complaint);
				dialog.showDialog();
				if (dialog.wasCanceled()) return false;
				complaint = read(dialog);
			}
			while (complaint != null);
			return true;
		}
		finally {
			Recorder.record = recording;
		}
	}

	private GenericDialog build(final String complaint) {
		final GenericDialog dialog = new GenericDialog(entry.label().replace(".", ""));
		for (final ModuleItem<?> option : options) {
			final int before = dialog.getComponentCount();
			add(dialog, option);
			for (int i = before; i < dialog.getComponentCount(); i++) explain(dialog.getComponent(i), option);
		}
		if (complaint != null) dialog.addMessage(complaint, null, java.awt.Color.RED);
		final StringBuilder help = new StringBuilder("<html><h3>").append(entry.label()).append("</h3><p>").append(entry.info().getDescription()).append("</p>");
		for (final ModuleItem<?> option : options) {
			help.append("<p><b>").append(option.getLabel()).append("</b> (").append(option.getName()).append("): ").append(option.getDescription()).append("</p>");
		}
		dialog.addHelp(help.append("</html>").toString());
		return dialog;
	}

	private void add(final GenericDialog dialog, final ModuleItem<?> option) {
		final String label = option.getLabel();
		final Object value = module.getInput(option.getName());
		final Class<?> type = option.getType();
		final List<String> choices = OptionText.choices(option);
		if (type == ImagePlus.class) {
			if (images.isEmpty()) throw new IllegalArgumentException(entry.label() + " " + option.getName() + ": no image is open.");
			dialog.addChoice(label, images.stream().map(ImagePlus::getTitle).toArray(String[]::new), images.get(0).getTitle());
		}
		else if (!choices.isEmpty()) dialog.addChoice(label, choices.toArray(new String[0]), String.valueOf(value));
		else if (type == boolean.class) dialog.addCheckbox(label, Boolean.TRUE.equals(value));
		else if (type == double.class) dialog.addNumericField(label, (Double) value, (Double) value == 0 ? 0 : DIGITS);
		else if (type == int.class || type == long.class) dialog.addNumericField(label, ((Number) value).doubleValue(), 0);
		else if (type == File.class && "directory".equals(option.getWidgetStyle())) dialog.addDirectoryField(label, OptionText.print(value), FILE_COLUMNS);
		else if (type == File.class) dialog.addFileField(label, OptionText.print(value), FILE_COLUMNS);
		else dialog.addStringField(label, OptionText.print(value), TEXT_COLUMNS);
	}

	/** AWT has no tooltips; the description at least names the component for screen readers. */
	private static void explain(final Component component, final ModuleItem<?> option) {
		if (!(component instanceof Label)) component.getAccessibleContext().setAccessibleDescription(option.getDescription());
	}

	/** Takes the values; returns what is wrong with them, null if nothing. */
	private String read(final GenericDialog dialog) {
		try {
			for (final ModuleItem<?> option : options) {
				final Class<?> type = option.getType();
				final Object value;
				if (type == ImagePlus.class) value = images.get(dialog.getNextChoiceIndex());
				else if (!OptionText.choices(option).isEmpty()) value = dialog.getNextChoice();
				else if (type == boolean.class) value = dialog.getNextBoolean();
				else if (type.isPrimitive()) value = OptionText.parse(option, number(dialog.getNextNumber()));
				else value = OptionText.parse(option, dialog.getNextString());
				module.setInput(option.getName(), value);
			}
			((PosteriorCommand) module.getCommand()).check();
			return null;
		}
		catch (final IllegalArgumentException exc) {
			return exc.getMessage();
		}
	}

	private static String number(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value);
	}
}
