package org.posteriorj.prior.train;

import java.util.List;

import org.posteriorj.data.Volume;

/** How the intensities of a volume become prior units; {@link #text} stands in the field {@code scaling} of {@code meta.json}. */
public enum IntensityScale {

	/** Arbitrary units, as in MRI: one factor per volume. */
	PERCENTILE("percentile", "divided by the 99.5th percentile of the voxels above 2 % of the maximum, one factor per volume"),

	/** CT numbers: attenuation relative to water, the same for every scanner. */
	HOUNSFIELD("hounsfield", "hounsfield: (HU + 1000) / 1000, at least 0; that is attenuation / attenuation of water");

	/** Values of the option {@code scaling}. */
	public static final List<String> KEYS = List.of(PERCENTILE.key, HOUNSFIELD.key);

	private final String key;
	private final String text;

	IntensityScale(final String key, final String text) {
		this.key = key;
		this.text = text;
	}

	/** Of the option {@code scaling}, one of {@link #KEYS}. */
	public static IntensityScale of(final String key) {
		return values()[KEYS.indexOf(key)];
	}

	/** For {@code meta.json}. */
	public String text() {
		return text;
	}

	/** The volume in prior units. */
	public Volume apply(final Volume volume) {
		return this == HOUNSFIELD ? map(volume, 1e-3, 1) : divide(volume, TrainingImages.scale(volume));
	}

	/** The volume with {@code value} as 1. */
	public static Volume divide(final Volume volume, final double value) {
		return map(volume, 1 / value, 0);
	}

	/** {@code max(0, factor v + offset)}. */
	private static Volume map(final Volume volume, final double factor, final double offset) {
		final List<float[]> slices = volume.slices().stream().map(slice -> {
			final float[] mapped = new float[slice.length];
			for (int i = 0; i < slice.length; i++) mapped[i] = (float) Math.max(0, factor * slice[i] + offset);
			return mapped;
		}).toList();
		return new Volume(volume.title(), volume.width(), volume.height(), volume.channels(), slices, volume.voxel(), "");
	}
}
