package org.posteriorj.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How a CT scan was taken: where source and detector stood, in mm and degrees.
 * <p>
 * x runs to the right, y up, both from the rotation axis, which is the centre of the image. At angle a the detector axis
 * points along (cos a, sin a) and rays run along (-sin a, cos a); a fan's source stands at
 * {@code sourceToOrigin (sin a, -cos a)}. Detector pixel j of n lies at {@code u = (j - (n - 1) / 2) detectorPitch +
 * detectorOffset}.
 *
 * @param beam parallel, fan on a flat detector, or fan on a detector curved about the source
 * @param angles view angles in degrees
 * @param detectorPitch distance of neighbouring detector pixels in mm, on a curved detector along the arc
 * @param sourceToOrigin distance from source to rotation axis in mm; 0 for a parallel beam
 * @param sourceToDetector distance from source to detector in mm; 0 for a parallel beam
 * @param detectorOffset shift of the whole detector along its axis in mm
 * @param imagePixel pixel size of the image in mm
 * @param photons photons per ray before the object; null if unknown
 */
public record Geometry(Beam beam, double[] angles, double detectorPitch, double sourceToOrigin, double sourceToDetector,
	double detectorOffset, double imagePixel, Double photons)
{

	/** Shapes of the beam; {@link #key} is the word in files and options. */
	public enum Beam {
		PARALLEL("parallel"), FAN("fan"), FAN_CURVED("fan-curved");

		private final String key;

		Beam(final String key) {
			this.key = key;
		}

		/** {@code parallel}, {@code fan} or {@code fan-curved}. */
		public String key() {
			return key;
		}

		/** The beam for a word. */
		public static Beam of(final String key) {
			return Stream.of(values()).filter(beam -> beam.key.equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException(
				"geometry: type must be one of parallel, fan, fan-curved, got '" + key + "'."));
		}
	}

	public Geometry {
		if (beam == null) throw new IllegalArgumentException("geometry: type is missing - give parallel, fan or fan-curved.");
		if (angles == null || angles.length == 0) {
			throw new IllegalArgumentException("geometry: angles must list one angle per view in degrees, got none.");
		}
		angles = angles.clone();
		for (int i = 0; i < angles.length; i++) {
			if (!Double.isFinite(angles[i])) {
				throw new IllegalArgumentException("geometry: angle " + i + " must be a number of degrees, got " + angles[i] + ".");
			}
		}
		requirePositive("detectorPitch", detectorPitch);
		requirePositive("imagePixel", imagePixel);
		if (!Double.isFinite(detectorOffset)) {
			throw new IllegalArgumentException("geometry: detectorOffset must be a number of mm, got " + detectorOffset + ".");
		}
		if (beam != Beam.PARALLEL) {
			requirePositive("sourceToOrigin", sourceToOrigin);
			requirePositive("sourceToDetector", sourceToDetector);
			if (sourceToDetector < sourceToOrigin) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
					"geometry: sourceToDetector (%s mm) must be at least sourceToOrigin (%s mm) - were the two swapped?", sourceToDetector, sourceToOrigin));
			}
		}
		if (photons != null && !(photons > 0 && Double.isFinite(photons))) {
			throw new IllegalArgumentException("geometry: photons per ray must be positive or unknown, got " + photons + ".");
		}
	}

	private static void requirePositive(final String name, final double value) {
		if (!(value > 0 && Double.isFinite(value))) {
			throw new IllegalArgumentException("geometry: " + name + " must be positive, in mm, got " + value + ".");
		}
	}

	/** A parallel beam without detector offset. */
	public static Geometry parallel(final double[] angles, final double detectorPitch, final double imagePixel) {
		return new Geometry(Beam.PARALLEL, angles, detectorPitch, 0, 0, 0, imagePixel, null);
	}

	/** A fan on a flat detector without offset. */
	public static Geometry fan(final double[] angles, final double detectorPitch, final double sourceToOrigin, final double sourceToDetector,
		final double imagePixel)
	{
		return new Geometry(Beam.FAN, angles, detectorPitch, sourceToOrigin, sourceToDetector, 0, imagePixel, null);
	}

	/** {@code views} angles {@code range / views} apart, from 0. */
	public static double[] evenAngles(final int views, final double range) {
		final double[] angles = new double[views];
		for (int i = 0; i < views; i++) angles[i] = i * range / views;
		return angles;
	}

	/** View angles in degrees, a copy. */
	@Override
	public double[] angles() {
		return angles.clone();
	}

	/** Number of views. */
	public int views() {
		return angles.length;
	}

	/** Photons per ray, if known. */
	public OptionalDouble photonsPerRay() {
		return photons == null ? OptionalDouble.empty() : OptionalDouble.of(photons);
	}

	/** Position in mm of the centre of detector pixel {@code j} of {@code detectors}; j may be fractional. */
	public double detectorPosition(final double j, final int detectors) {
		return (j - (detectors - 1) / 2.0) * detectorPitch + detectorOffset;
	}

	/** Detector index, counted from 0, of the ray through the rotation axis. */
	public double centreOfRotation(final int detectors) {
		return (detectors - 1) / 2.0 - detectorOffset / detectorPitch;
	}

	/** The same scan with the rotation axis at detector index {@code centre} of {@code detectors}. */
	public Geometry withCentreOfRotation(final double centre, final int detectors) {
		return new Geometry(beam, angles, detectorPitch, sourceToOrigin, sourceToDetector, ((detectors - 1) / 2.0 - centre) * detectorPitch,
			imagePixel, photons);
	}

	/** The same scan for another pixel size of the image in mm. */
	public Geometry withImagePixel(final double pixel) {
		return new Geometry(beam, angles, detectorPitch, sourceToOrigin, sourceToDetector, detectorOffset, pixel, photons);
	}

	/** The same scan with other view angles in degrees. */
	public Geometry withAngles(final double... degrees) {
		return new Geometry(beam, degrees, detectorPitch, sourceToOrigin, sourceToDetector, detectorOffset, imagePixel, photons);
	}

	/** The same scan with another number of photons per ray, null if unknown. */
	public Geometry withPhotons(final Double count) {
		return new Geometry(beam, angles, detectorPitch, sourceToOrigin, sourceToDetector, detectorOffset, imagePixel, count);
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Geometry g && beam == g.beam && Arrays.equals(angles, g.angles) && detectorPitch == g.detectorPitch &&
			sourceToOrigin == g.sourceToOrigin && sourceToDetector == g.sourceToDetector && detectorOffset == g.detectorOffset &&
			imagePixel == g.imagePixel && Objects.equals(photons, g.photons);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(angles) + Double.hashCode(detectorPitch);
	}
}
