package org.posteriorj.workflow;

/**
 * Options of {@link InspectPrior}; the names are the option keys.
 *
 * @param prior name of a built-in prior or path of a prior file
 */
public record InspectPriorSettings(String prior) {

	public InspectPriorSettings {
		if (prior == null || prior.isBlank()) throw new IllegalArgumentException("prior: expected a built-in name or the path of a .pt file, got nothing.");
	}
}
