package org.posteriorj.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

import ij.ImagePlus;
import ij.util.DicomTools;

/** DICOM slices as volumes: one per series and size, sorted along the normal of the slices, values calibrated (CT in HU). */
final class DicomVolumes {

	private DicomVolumes() {}

	/** A slice with its place along the normal in mm. */
	private record Slice(Volume volume, double position, int instance) {}

	/** Whether a file has the mark of DICOM, whatever its name. */
	static boolean accepts(final Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			final byte[] head = in.readNBytes(132);
			return head.length == 132 && new String(head, 128, 4, StandardCharsets.ISO_8859_1).equals("DICM");
		}
	}

	/** Every series, in order of its identifier. */
	static List<Volume> read(final List<Path> files) throws IOException {
		final Map<String, List<Slice>> series = new TreeMap<>();
		for (final Path file : files) {
			final ImagePlus image = InputImages.open(file);
			final String key = text(image, "0020,000E") + " " + image.getWidth() + " x " + image.getHeight();
			series.computeIfAbsent(key, k -> new ArrayList<>()).add(slice(image));
		}
		return series.values().stream().map(DicomVolumes::volume).toList();
	}

	private static Slice slice(final ImagePlus image) {
		final double[] place = numbers(text(image, "0020,0032")), axes = numbers(text(image, "0020,0037"));
		double position = Double.NaN;
		if (place.length == 3 && axes.length == 6) {
			position = place[0] * (axes[1] * axes[5] - axes[2] * axes[4]) + place[1] * (axes[2] * axes[3] - axes[0] * axes[5]) + place[2] * (axes[0] * axes[4] -
				axes[1] * axes[3]);
		}
		final double[] instance = numbers(text(image, "0020,0013"));
		return new Slice(Windows.volume(image), position, instance.length == 1 ? (int) instance[0] : 0);
	}

	private static Volume volume(final List<Slice> slices) {
		final boolean placed = slices.stream().noneMatch(s -> Double.isNaN(s.position()));
		slices.sort(placed ? Comparator.comparingDouble(Slice::position) : Comparator.comparingInt(Slice::instance));
		final Volume first = slices.get(0).volume();
		final int n = slices.size();
		final double step = placed && n > 1 ? (slices.get(n - 1).position() - slices.get(0).position()) / (n - 1) : first.voxel().z();
		final VoxelSize voxel = new VoxelSize(first.voxel().x(), first.voxel().y(), step > 0 ? step : first.voxel().z());
		return new Volume("DICOM series of " + n + " slices", first.width(), first.height(), first.channels(), slices.stream().flatMap(s -> s.volume().slices()
			.stream()).toList(), voxel, first.unit());
	}

	private static String text(final ImagePlus image, final String tag) {
		final String text = DicomTools.getTag(image, tag);
		return text == null ? "" : text.trim();
	}

	private static double[] numbers(final String text) {
		try {
			return text.isEmpty() ? new double[0] : java.util.Arrays.stream(text.split("\\\\")).mapToDouble(Double::parseDouble).toArray();
		}
		catch (final NumberFormatException exc) {
			return new double[0];
		}
	}
}
