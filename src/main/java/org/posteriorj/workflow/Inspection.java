package org.posteriorj.workflow;

import java.util.List;
import java.util.Map;

import org.posteriorj.data.Volume;

/**
 * What a prior file is and does.
 *
 * @param facts what the file says about itself and what was measured, by name
 * @param refusals why it may not be used, empty if it may
 * @param levels noise levels, image range 0 to 1
 * @param noisy PSNR of the noisy image at each level, dB
 * @param denoised PSNR of the denoised image at each level, dB; NaN outside the range of the prior
 * @param pictures noisy image beside denoised image, one slice per level; null if the prior may not be used
 */
public record Inspection(Map<String, Object> facts, List<String> refusals, List<Double> levels, double[] noisy, double[] denoised,
	Volume pictures)
{

	/** Whether the prior may be used. */
	public boolean accepted() {
		return refusals.isEmpty();
	}
}
