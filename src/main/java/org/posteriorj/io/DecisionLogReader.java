package org.posteriorj.io;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.posteriorj.data.Decision;
import org.posteriorj.data.DecisionLog;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** The {@code plan.json} of an acquisition plan, as {@link JsonWriter} writes a {@link DecisionLog}. */
public final class DecisionLogReader {

	private final Path file;

	private DecisionLogReader(final Path file) {
		this.file = file;
	}

	/** Reads a log. */
	public static DecisionLog read(final Path file) throws IOException {
		FileProblem.requireFile(file);
		return new DecisionLogReader(file).log();
	}

	private DecisionLog log() throws IOException {
		try {
			final JsonElement root = JsonParser.parseString(Files.readString(file));
			if (!root.isJsonObject()) throw wrong(null);
			final JsonObject json = root.getAsJsonObject();
			final List<Decision> decisions = new ArrayList<>();
			for (final JsonElement decision : array(json, "decisions")) decisions.add(decision(decision.getAsJsonObject()));
			return new DecisionLog(list(json, "first", JsonElement::getAsInt), list(json, "costs", JsonElement::getAsDouble), decisions);
		}
		catch (final JsonParseException | MalformedInputException exc) {
			throw wrong(exc);
		}
		catch (final NumberFormatException | IllegalStateException | UnsupportedOperationException exc) {
			throw FileProblem.of(file, "an entry is not of the kind expected - was it changed by hand? Take the plan.json of Plan Acquisition.", exc);
		}
	}

	private Decision decision(final JsonObject json) throws IOException {
		return new Decision(entry(json, "step").getAsLong(), number(json, "sigma"), list(json, "lines", JsonElement::getAsInt), list(json, "scores",
			JsonElement::getAsDouble), number(json, "uncertainty"), number(json, "expected"), number(json, "surprise"));
	}

	/** Numbers that JSON does not know are words. */
	private double number(final JsonObject json, final String key) throws IOException {
		return entry(json, key).getAsDouble();
	}

	private <T> List<T> list(final JsonObject json, final String key, final Function<JsonElement, T> element) throws IOException {
		final List<T> list = new ArrayList<>();
		for (final JsonElement one : array(json, key)) list.add(element.apply(one));
		return list;
	}

	private JsonArray array(final JsonObject json, final String key) throws IOException {
		return entry(json, key).getAsJsonArray();
	}

	private JsonElement entry(final JsonObject json, final String key) throws IOException {
		if (!json.has(key)) throw FileProblem.of(file, "the entry '" + key + "' is missing - expected the plan.json of Plan Acquisition.");
		return json.get(key);
	}

	private IOException wrong(final Exception cause) {
		return FileProblem.of(file, "not a log of decisions - expected the plan.json of Plan Acquisition.", cause);
	}
}
