package org.posteriorj.sampler;

import java.util.List;
import java.util.Locale;

/** Prints how the error of ensembles on three modes falls with their particles, 512 in all. Arguments: LEVELS GUIDE... */
final class ParticleTable {

	private static final int ALL = 512;

	private ParticleTable() {}

	public static void main(final String[] args) {
		System.out.println("guide,particles,Kolmogorov-Smirnov distance");
		for (final String guide : List.of(args).subList(1, args.length)) for (final int particles : new int[] { 256, 64, 16, 4, 1 }) {
			System.out.printf(Locale.ROOT, "%s,%d,%.3f%n", guide, particles, LadderResult.ensembleDistance(EnsembleSmc.Guide.valueOf(guide), particles, ALL / particles, Integer.parseInt(args[0])));
		}
	}
}
