package org.posteriorj.io;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.posteriorj.data.Geometry;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * The geometry of a CT scan as JSON: {@code type}, {@code angles}, {@code detectorPitch}, {@code sourceToOrigin},
 * {@code sourceToDetector}, {@code detectorOffset}, {@code imagePixel}, {@code photons}, in mm and degrees.
 * <p>
 * A text may give some of them only; the rest comes from elsewhere, see {@link #over}. {@code angularRange} stands for even
 * angles from 0, its degrees divided by the views.
 */
public final class GeometryJson {

	private static final List<String> KEYS = List.of("type", "angles", "angularRange", "detectorPitch", "sourceToOrigin", "sourceToDetector",
		"detectorOffset", "imagePixel", "photons");
	private static final Gson GSON = new GsonBuilder().serializeNulls().create();

	private final String where;
	private final JsonObject json;

	private GeometryJson(final String where, final JsonObject json) {
		this.where = where;
		this.json = json;
	}

	/** A geometry as text. */
	public static String text(final Geometry geometry) {
		final JsonObject json = new JsonObject();
		json.addProperty("type", geometry.beam().key());
		json.add("angles", GSON.toJsonTree(geometry.angles()));
		json.addProperty("detectorPitch", geometry.detectorPitch());
		if (geometry.beam() != Geometry.Beam.PARALLEL) {
			json.addProperty("sourceToOrigin", geometry.sourceToOrigin());
			json.addProperty("sourceToDetector", geometry.sourceToDetector());
		}
		json.addProperty("detectorOffset", geometry.detectorOffset());
		json.addProperty("imagePixel", geometry.imagePixel());
		json.addProperty("photons", geometry.photons());
		return GSON.toJson(json);
	}

	/** A text that gives nothing. */
	public static GeometryJson none() {
		return new GeometryJson("geometry", new JsonObject());
	}

	/** The text of a file. */
	public static GeometryJson read(final Path file) throws IOException {
		FileProblem.requireFile(file);
		try {
			return parse("'" + file.getFileName() + "'", Files.readString(file));
		}
		catch (final MalformedInputException exc) {
			throw FileProblem.of(file, "not a text file - a geometry is JSON like {\"type\": \"parallel\", ...}.", exc);
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(exc.getMessage(), exc);
		}
	}

	/**
	 * Parses a text.
	 *
	 * @param where what the messages begin with
	 */
	public static GeometryJson parse(final String where, final String text) {
		final JsonElement element;
		try {
			element = JsonParser.parseString(text);
		}
		catch (final JsonParseException exc) {
			throw new IllegalArgumentException(where + ": not valid JSON - a geometry looks like {\"type\": \"parallel\", \"angles\": [0, 1], " +
				"\"detectorPitch\": 1}.", exc);
		}
		if (!element.isJsonObject()) throw new IllegalArgumentException(where + ": expected a JSON object {...} with " + String.join(", ", KEYS) + ".");
		for (final String key : element.getAsJsonObject().keySet()) {
			if (!KEYS.contains(key)) throw new IllegalArgumentException(where + ": unknown key '" + key + "', expected any of " + String.join(", ", KEYS) + ".");
		}
		return new GeometryJson(where, element.getAsJsonObject());
	}

	/** What this text gives and, before it, what another gives. */
	public GeometryJson and(final GeometryJson other) {
		final JsonObject both = json.deepCopy();
		if (other.givesAngles()) {
			both.remove("angles");
			both.remove("angularRange");
		}
		other.json.entrySet().forEach(entry -> both.add(entry.getKey(), entry.getValue()));
		return new GeometryJson(other.isEmpty() ? where : isEmpty() ? other.where : where + " with " + other.where, both);
	}

	/** Whether nothing is given. */
	public boolean isEmpty() {
		return json.isEmpty();
	}

	/** Whether angles are given. */
	public boolean givesAngles() {
		return has("angles") || has("angularRange");
	}

	/**
	 * The geometry of a scan: what the text gives, and for the rest {@code base}.
	 *
	 * @param base what the data themselves say, null for nothing
	 * @param views number of views, for even angles
	 */
	public Geometry over(final Geometry base, final int views) {
		if (isEmpty() && base != null) return base;
		final Geometry.Beam beam = has("type") ? Geometry.Beam.of(string("type")) : base == null ? null : base.beam();
		if (beam == null) throw missing("type", "parallel, fan or fan-curved");
		final boolean parallel = beam == Geometry.Beam.PARALLEL;
		final double pitch = number("detectorPitch", base == null ? Double.NaN : base.detectorPitch(), "the distance of detector pixels in mm");
		final double origin = parallel ? 0 : number("sourceToOrigin", base == null ? Double.NaN : base.sourceToOrigin(), "in mm");
		final double detector = parallel ? 0 : number("sourceToDetector", base == null ? Double.NaN : base.sourceToDetector(), "in mm");
		// the detector's pixel as seen at the axis
		final double natural = parallel || !(origin > 0 && detector > 0) ? pitch : pitch * origin / detector;
		final boolean sameScale = base != null && !has("detectorPitch") && !has("sourceToOrigin") && !has("sourceToDetector");
		final Double photons = json.has("photons") ? json.get("photons").isJsonNull() ? null : Double.valueOf(number("photons", 0, "")) : base == null ? null
			: base.photons();
		return new Geometry(beam, angles(base, views), pitch, origin, detector, number("detectorOffset", base == null ? 0 : base.detectorOffset(), "in mm"),
			number("imagePixel", sameScale ? base.imagePixel() : natural, "in mm"), photons);
	}

	private double[] angles(final Geometry base, final int views) {
		if (has("angularRange")) {
			if (has("angles")) throw new IllegalArgumentException(where + ": gives both angles and angularRange - leave one out.");
			return Geometry.evenAngles(views, number("angularRange", 0, "in degrees"));
		}
		if (!has("angles")) {
			if (base == null) throw missing("angles", "one angle per view in degrees, or angularRange for even ones");
			return base.angles();
		}
		try {
			return GSON.fromJson(json.get("angles"), double[].class);
		}
		catch (final JsonParseException | NumberFormatException exc) {
			throw new IllegalArgumentException(where + ": angles must be a list of numbers, one per view, in degrees.", exc);
		}
	}

	private boolean has(final String key) {
		return json.has(key) && !json.get(key).isJsonNull();
	}

	private String string(final String key) {
		final JsonElement value = json.get(key);
		return value.isJsonPrimitive() ? value.getAsString() : value.toString();
	}

	private double number(final String key, final double absent, final String meaning) {
		if (!has(key)) {
			if (Double.isNaN(absent)) throw missing(key, meaning);
			return absent;
		}
		try {
			return json.get(key).getAsDouble();
		}
		catch (final NumberFormatException | UnsupportedOperationException | IllegalStateException exc) {
			throw new IllegalArgumentException(where + ": " + key + " must be a number, got " + json.get(key) + ".", exc);
		}
	}

	private IllegalArgumentException missing(final String key, final String meaning) {
		return new IllegalArgumentException(where + ": " + key + " is missing - give " + meaning + " in a geometry file.");
	}
}
