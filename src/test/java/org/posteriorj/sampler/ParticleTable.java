package org.posteriorj.sampler;

import java.util.Locale;

/** Prints how the error of ensembles on three modes falls with their particles, 1,024 in all. Argument: levels. */
final class ParticleTable {

	private static final int ALL = 1024;

	private ParticleTable() {}

	public static void main(final String[] args) {
		System.out.println("guide,particles,Kolmogorov-Smirnov distance");
		for (final EnsembleSmc.Guide guide : EnsembleSmc.Guide.values()) for (final int particles : new int[] { 256, 64, 16, 4, 1 }) {
			System.out.printf(Locale.ROOT, "%s,%d,%.3f%n", guide, particles, LadderResult.ensembleDistance(guide, particles, ALL / particles, Integer.parseInt(args[0])));
		}
	}
}
