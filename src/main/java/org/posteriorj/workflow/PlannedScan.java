package org.posteriorj.workflow;

import java.util.Collection;
import java.util.List;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.physics.AdaptiveScan;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.sampler.AcquisitionScore;

/** What a plan has to know of a kind of scan: one slice of it, measured line by line, whatever a line is there. */
interface PlannedScan {

	/** Who works with the scan while it is open. */
	interface Use {

		/**
		 * @param scan with some lines measured
		 * @param unit what images in prior units are multiplied with to be in those of the data, pixel by pixel, [row][column]
		 */
		void with(AdaptiveScan scan, float[] unit);
	}

	/** The score that fits what a line is. */
	AcquisitionScore usualScore();

	/** Rounds of the particles per decision, in units of those for readout lines. */
	int mixing();

	/** What lines are called: readout lines, views. */
	String noun();

	/** Where each line that could be measured lies, in order. */
	List<Double> positions();

	/** What {@link #positions} are: ky, or an angle in degrees. */
	String axis();

	/** The lines that the data hold. */
	List<Integer> present();

	/** The lines that are measured before the first choice of a retrospective plan. */
	List<Integer> first();

	/** Throws if this prior is for other images. */
	void require(DiffusionPrior prior);

	/**
	 * Opens the scan with noise, scale and whatever else it needs taken from these lines alone, which are then measured.
	 *
	 * @param every whether lines that the data do not hold can be chosen
	 */
	void open(Collection<Integer> first, boolean every, DiffusionPrior prior, Use use);

	/** The posterior for these lines. */
	Posterior reconstruct(Collection<Integer> lines, Monitor monitor);

	/** 1 for everything that these lines measure. */
	Volume mask(Collection<Integer> lines);

	/** An image in units of the data, [channel][row][column]. */
	Volume image(String title, int channels, float[] values);
}
