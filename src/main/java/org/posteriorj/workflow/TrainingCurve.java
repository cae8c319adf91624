package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.posteriorj.data.Chart;
import org.posteriorj.io.CsvWriter;
import org.posteriorj.prior.train.Validation;

/** Loss and denoising error of a training over its steps; kept as a table beside the checkpoint, so that a resumed run goes on with it. */
final class TrainingCurve {

	/** @param db PSNR at the levels of {@link Validation}; empty where it was not measured */
	record Point(long step, double loss, double[] db) {}

	private final List<Point> points = new ArrayList<>();

	void add(final long step, final double loss, final double[] db) {
		points.add(new Point(step, loss, db));
	}

	List<Point> points() {
		return points;
	}

	/** The last validation, empty if there was none. */
	double[] last() {
		for (int i = points.size() - 1; i >= 0; i--) if (points.get(i).db().length > 0) return points.get(i).db();
		return new double[0];
	}

	Chart loss() {
		return new Chart("Training loss", "step", "loss (moving average)", List.of(new Chart.Line("loss", points.stream().mapToDouble(Point::step).toArray(),
			points.stream().mapToDouble(Point::loss).toArray())));
	}

	Chart validation() {
		final List<Point> measured = points.stream().filter(p -> p.db().length > 0).toList();
		final double[] steps = measured.stream().mapToDouble(Point::step).toArray();
		return new Chart("Validation", "step", "PSNR on the held-out volume (dB)", IntStream.range(0, Validation.LEVELS.size()).mapToObj(l -> new Chart.Line(
			"sigma " + Validation.LEVELS.get(l), steps, measured.stream().mapToDouble(p -> p.db()[l]).toArray())).toList());
	}

	void write(final Path file) throws IOException {
		final List<String> header = new ArrayList<>(List.of("step", "loss"));
		Validation.LEVELS.forEach(l -> header.add("dB at " + l));
		CsvWriter.write(file, header, points.stream().map(p -> {
			final List<Object> row = new ArrayList<>(List.of(p.step(), p.loss()));
			for (int l = 0; l < Validation.LEVELS.size(); l++) row.add(p.db().length == 0 ? "" : p.db()[l]);
			return row;
		}).toList());
	}

	/** The points up to and with {@code step} of a table that {@link #write} made; none if there is no table. */
	static TrainingCurve read(final Path file, final long step) throws IOException {
		final TrainingCurve curve = new TrainingCurve();
		if (!Files.exists(file)) return curve;
		for (final String line : Files.readAllLines(file).stream().skip(1).collect(Collectors.toList())) {
			final String[] cells = line.split(",", -1);
			final long at = Long.parseLong(cells[0]);
			if (at > step) break;
			final boolean measured = !cells[2].isEmpty();
			curve.add(at, Double.parseDouble(cells[1]), measured ? Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray() : new double[0]);
		}
		return curve;
	}
}
