package org.posteriorj.workflow;

import java.nio.file.Path;
import java.util.Map;

import org.posteriorj.data.Volume;

/**
 * The result of a training.
 *
 * @param file the prior file
 * @param report the training report
 * @param facts what was done and reached, by name
 * @param pictures noisy, denoised and clean slice side by side, one slice per noise level
 * @param partial whether the run was stopped before its end; the same run can be resumed
 */
public record TrainedPrior(Path file, Path report, Map<String, Object> facts, Volume pictures, boolean partial) {}
