package org.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.posteriorj.host.CommandCatalogue;
import org.posteriorj.host.CommandEntry;
import org.posteriorj.sampler.Samplers;
import org.scijava.ItemIO;
import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** What holds for every command: the menus of ImageJ and Fiji agree, and options are complete, safe and unambiguous. */
class CommandDefinitionTest {

	@Test
	void plainImageJAndFijiHaveTheSameMenu() throws IOException {
		final Set<String> fiji = new TreeSet<>();
		for (final IndexItem<Plugin> item : Index.load(Plugin.class)) {
			if (item.className().startsWith("org.posteriorj.command.")) fiji.add(item.annotation().menuPath() + " = " + item.className());
		}
		final Set<String> plain = new TreeSet<>();
		for (final CommandEntry entry : CommandCatalogue.commands()) plain.add(entry.menu() + ">" + entry.label() + " = " + entry.className());
		assertEquals(String.join("\n", fiji), String.join("\n", plain));
		assertFalse(plain.isEmpty());
	}

	@Test
	void commandsSayWhatTheyDoAndRunHeadless() throws ClassNotFoundException {
		final Set<String> keys = new HashSet<>();
		for (final CommandEntry entry : CommandCatalogue.commands()) {
			final Plugin plugin = Class.forName(entry.className()).getAnnotation(Plugin.class);
			assertTrue(plugin.headless(), entry.label() + " is not headless");
			assertFalse(plugin.description().isBlank(), entry.label() + " has no description");
			assertTrue(keys.add(entry.key()), entry.key() + " is there twice");
			assertTrue(entry.key().matches("[a-z-]+"), entry.key());
		}
	}

	@Test
	void optionsAreLabelledDescribedAndNeverRemembered() throws ClassNotFoundException {
		final List<String> wrong = new ArrayList<>();
		for (final CommandEntry entry : CommandCatalogue.commands()) {
			for (final Field field : Class.forName(entry.className()).getDeclaredFields()) {
				final Parameter parameter = field.getAnnotation(Parameter.class);
				if (parameter == null) continue;
				final String name = entry.label() + " " + field.getName();
				if (parameter.label().isBlank()) wrong.add(name + ": no label");
				if (parameter.type() == ItemIO.OUTPUT) continue;
				if (parameter.description().isBlank()) wrong.add(name + ": no description");
				if (parameter.persist()) wrong.add(name + ": remembered");
				if (!field.getName().matches("[a-z]+")) wrong.add(name + ": a key is one word in lower case");
				if (!parameter.max().isEmpty() && !parameter.description().contains(parameter.max())) wrong.add(name + ": the description does not name the maximum " +
					parameter.max());
			}
		}
		assertEquals(List.of(), wrong);
	}

	@Test
	void noKeyIsTheTailOfAnother() throws ClassNotFoundException {
		final List<String> wrong = new ArrayList<>();
		for (final CommandEntry entry : CommandCatalogue.commands()) {
			final List<String> keys = new ArrayList<>();
			for (final Field field : Class.forName(entry.className()).getDeclaredFields()) {
				if (field.isAnnotationPresent(Parameter.class) && field.getAnnotation(Parameter.class).type() != ItemIO.OUTPUT) keys.add(field.getName());
			}
			for (final String a : keys) for (final String b : keys) if (!a.equals(b) && a.endsWith(b)) wrong.add(entry.label() + ": " + b + " ends " + a);
		}
		assertEquals(List.of(), wrong);
	}

	@Test
	void planAcquisitionOffersWhatTheWorkflowKnows() throws NoSuchFieldException {
		for (final java.util.Map.Entry<String, List<String>> known : java.util.Map.of("mode", org.posteriorj.workflow.PlanAcquisitionSettings.MODES, "score",
			org.posteriorj.workflow.PlanAcquisitionSettings.SCORES, "guidance", org.posteriorj.workflow.PlanAcquisitionSettings.GUIDANCES).entrySet())
		{
			final Parameter option = PlanAcquisitionCommand.class.getDeclaredField(known.getKey()).getAnnotation(Parameter.class);
			assertEquals(known.getValue(), List.of(option.choices()));
		}
	}

	@Test
	void reconstructMriOffersWhatTheWorkflowKnows() throws NoSuchFieldException {
		final Parameter sampler = ReconstructMriCommand.class.getDeclaredField("sampler").getAnnotation(Parameter.class);
		assertEquals(org.posteriorj.workflow.ReconstructMri.methods(), List.of(sampler.choices()));
	}

	/** The dialog offers the variants of all its samplers, and its text says whose they are. */
	@Test
	void commandsOfferTheVariantsOfTheirSamplers() throws NoSuchFieldException {
		for (final Class<?> command : List.of(ReconstructMriCommand.class, ReconstructCtCommand.class, CalibrationReportCommand.class, SelfTestCommand.class)) {
			final Parameter option = command.getDeclaredField("variant").getAnnotation(Parameter.class);
			assertEquals(Samplers.variants(), List.of(option.choices()));
			for (final String name : command.getDeclaredField("sampler").getAnnotation(Parameter.class).choices()) {
				if (name.equals(org.posteriorj.workflow.SelfTestSettings.ALL)) continue;
				final List<String> own = command == ReconstructCtCommand.class ? org.posteriorj.workflow.ReconstructCt.variants(name)
					: org.posteriorj.workflow.ReconstructMri.variants(name);
				assertTrue(option.description().replaceAll(" \\([^)]*\\)", "").contains(own.size() == 1 ? "" : name + ": " + String.join(", ", own.subList(1, own.size()))), name +
					" has " + own);
			}
		}
	}

	@Test
	void calibrationReportOffersWhatTheWorkflowsKnow() throws NoSuchFieldException {
		final Parameter sampler = CalibrationReportCommand.class.getDeclaredField("sampler").getAnnotation(Parameter.class);
		assertEquals(org.posteriorj.workflow.CalibrationReportSettings.SAMPLERS, List.of(sampler.choices()));
		final Parameter mask = CalibrationReportCommand.class.getDeclaredField("mask").getAnnotation(Parameter.class);
		assertEquals(org.posteriorj.workflow.SimulateMriSettings.MASKS, List.of(mask.choices()));
	}
}
