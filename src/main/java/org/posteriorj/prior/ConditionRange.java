package org.posteriorj.prior;

/**
 * The scans that a conditional network was trained on; beyond them its uncertainty is a guess.
 *
 * @param leastNoise smallest noise per real component, prior units
 * @param mostNoise largest
 * @param leastOpen smallest part of the image that the data left open, 0 to 1
 * @param mostOpen largest
 * @param misfit root mean square of {@code A D - y} beyond the noise at the first level, in units of sigmaData, that one training scan in a hundred
 *          exceeds: how well the network foresees the data of images like those that it knows
 */
public record ConditionRange(double leastNoise, double mostNoise, double leastOpen, double mostOpen, double misfit) {}
