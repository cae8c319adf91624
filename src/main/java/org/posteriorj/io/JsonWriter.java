package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.posteriorj.data.Provenance;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/** Records as JSON; numbers that JSON does not know are written as the words "NaN", "Infinity" and "-Infinity". */
public final class JsonWriter {

	private static final JsonSerializer<Double> DOUBLE = (value, type, context) -> Double.isFinite(value) ? new JsonPrimitive(value)
		: new JsonPrimitive(value.toString());
	private static final JsonSerializer<Float> FLOAT = (value, type, context) -> Float.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(value
		.toString());
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().registerTypeAdapter(Double.class, DOUBLE)
		.registerTypeAdapter(double.class, DOUBLE).registerTypeAdapter(Float.class, FLOAT).registerTypeAdapter(float.class, FLOAT).create();

	private JsonWriter() {}

	/** The text of {@code result.json}. */
	public static String text(final Provenance run) {
		return GSON.toJson(run) + "\n";
	}

	/** Writes {@code result.json}. */
	public static void write(final Path file, final Provenance run) throws IOException {
		write(file, (Object) run);
	}

	/** Writes any record. */
	public static void write(final Path file, final Object value) throws IOException {
		final String text = GSON.toJson(value) + "\n";
		WholeFile.write(file, draft -> Files.writeString(draft, text));
	}
}
