package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.SharedData;
import org.posteriorj.io.NumPyReader;

/** Real CT scans from file to image by the command line. */
class CtRealScanTest {

	/** Pixel of the supplied reference in mm, whose values are attenuation per pixel. */
	private static final double PIXEL = 0.14832;

	@TempDir
	Path folder;

	private String run(final String... args) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream(), err = new ByteArrayOutputStream();
		final int code = new CommandLine(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)).run(args);
		assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
		return out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void fanBeamScanEqualsItsReference() throws IOException {
		final Path scan = SharedData.path("sinograms/htc2022-fan/htc2022_ta_full.mat");
		final Path geometry = Files.writeString(folder.resolve("pixel.json"), "{\"imagePixel\": " + PIXEL + "}");
		final String out = run("reconstruct-ct", "input=" + scan, "geometry=" + geometry, "size=512", "filter=Ram-Lak", "output=" + folder, "format=npy");
		assertTrue(!out.contains("warning"), out);
		final float[] image = new NumPyReader().array(folder.resolve("mean.npy")).values();
		final float[] reference = new NumPyReader().array(scan.resolveSibling("ref_fbp_htc2022_ta.npy")).values();
		double xy = 0, xx = 0, yy = 0, x = 0, y = 0;
		final int n = image.length;
		for (int i = 0; i < n; i++) {
			final double a = image[i], b = reference[i] / PIXEL;
			xy += a * b;
			xx += a * a;
			yy += b * b;
			x += a;
			y += b;
		}
		final double correlation = (xy - x * y / n) / Math.sqrt((xx - x * x / n) * (yy - y * y / n)), scale = xy / yy;
		System.out.printf("fan beam against its reference: correlation %.6f, scale %.4f%n", correlation, scale);
		// a flipped or turned image would not correlate
		assertTrue(correlation >= 0.9999, "correlation " + correlation);
		assertEquals(1, scale, 0.01);
	}

	@Test
	void centreOfTheToothIsFound() throws IOException {
		final Path scan = SharedData.path("sinograms/tooth-parallel/tooth.h5");
		final String out = run("reconstruct-ct", "input=" + scan, "centre=true", "output=" + folder, "format=npy,tif");
		final String line = out.lines().filter(l -> l.startsWith("centre of rotation: ")).findFirst().orElseThrow();
		final double centre = Double.parseDouble(line.replaceAll(".*index ([0-9.]+) .*", "$1"));
		System.out.println(line);
		assertEquals(296, centre, 0.5);
		// stated wrong, the scan is taken with a warning that gives the evidence
		assertTrue(run("reconstruct-ct", "input=" + scan, "output=" + folder, "format=npy").contains("the data turn about detector index 29"));
	}
}
