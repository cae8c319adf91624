package org.posteriorj.data;

/**
 * CT numbers and attenuation: {@code HU = 1000 (mu - water) / water}.
 *
 * @param water attenuation of water in 1/mm at the scan's effective energy
 */
public record Hounsfield(double water) {

	/** Water at 70 keV, typical of a 120 kV scan: 0.0193 per mm. */
	public static final Hounsfield AT_70_KEV = new Hounsfield(0.0193);

	public Hounsfield {
		if (!(water > 0 && water < 1)) {
			throw new IllegalArgumentException("Hounsfield: the attenuation of water must lie between 0 and 1 per mm, got " + water +
				" - 0.0193 at 70 keV.");
		}
	}

	/** Attenuation in 1/mm of a CT number. */
	public double attenuation(final double hu) {
		return water * (1 + hu / 1000);
	}

	/** CT number of an attenuation in 1/mm. */
	public double number(final double attenuation) {
		return 1000 * (attenuation / water - 1);
	}

	/** Attenuation in 1/mm of an image in HU; air and what lies below it, as outside the field of view, has none. */
	public float[] attenuation(final float[] hu) {
		final float[] result = new float[hu.length];
		for (int i = 0; i < hu.length; i++) result[i] = (float) Math.max(0, attenuation(hu[i]));
		return result;
	}

	/** CT numbers of an image in 1/mm. */
	public float[] numbers(final float[] attenuation) {
		final float[] result = new float[attenuation.length];
		for (int i = 0; i < attenuation.length; i++) result[i] = (float) number(attenuation[i]);
		return result;
	}
}
