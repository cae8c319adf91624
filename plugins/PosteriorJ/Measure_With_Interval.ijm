// Mean of a region with its posterior interval, from the samples of a reconstruction (samples.tif).
// One region: its mean, standard deviation and 5 to 95 % interval. Several in the ROI Manager: each of them, and how probable it
// is that the first is brighter than each other one.
// posteriorj macro Measure_With_Interval.ijm SAMPLES.tif measures the whole image.
if (getArgument() != "") open(getArgument());
getDimensions(width, height, channels, slices, samples);
if (channels > 1 || samples < 3) exit("Measure With Interval: '" + getTitle() + "' is no stack of posterior samples - open samples.tif of a posterior sampler with 3 samples or more.");
slice = 1;
if (slices > 1) Stack.getPosition(channel, slice, frame);
regions = 0;
if (isOpen("ROI Manager")) regions = roiManager("count");
first = newArray(0);
for (r = 0; r < maxOf(1, regions); r++) {
	name = getTitle();
	if (regions > 0) {
		roiManager("select", r);
		name = Roi.getName;
	}
	values = newArray(samples);
	for (k = 0; k < samples; k++) {
		if (slices > 1) Stack.setPosition(1, slice, k + 1);
		else setSlice(k + 1);
		getStatistics(area, values[k]);
	}
	brighter = 0;
	if (r == 0) first = Array.copy(values);
	for (k = 0; k < samples; k++) if (first[k] > values[k]) brighter++;
	Array.getStatistics(values, min, max, mean, deviation);
	deviation = ofPairs(values, deviation);
	sorted = Array.sort(Array.copy(values));
	row = nResults;
	setResult("Region", row, name);
	setResult("Slice", row, slice);
	setResult("Mean", row, mean);
	setResult("StdDev", row, deviation);
	setResult("5 %", row, quantile(sorted, 0.05));
	setResult("95 %", row, quantile(sorted, 0.95));
	setResult("Samples", row, samples);
	if (r > 0) setResult("P(first is brighter)", row, brighter / samples);
	print(name + ": " + d2s(mean, -4) + " +- " + d2s(deviation, -2) + ", 5 to 95 %: " + d2s(quantile(sorted, 0.05), -4) + " to " + d2s(quantile(sorted, 0.95), -4) + " (" + samples + " samples)");
}
updateResults();

// Of every four samples the third and fourth mirror the noise of the first and second: only couples that do not count.
function ofPairs(values, deviation) {
	n = values.length;
	pairs = 0;
	differences = 0;
	for (k = 0; k < n; k++) {
		if (k % 4 >= 2) {
			differences += (values[k] - values[k - 2]) * (values[k] - values[k - 2]);
			pairs++;
		}
	}
	return sqrt(maxOf(0, (n * (n - 1) * deviation * deviation - differences) / (n * (n - 1) - 2 * pairs)));
}

// Linear between order statistics; few samples know little about tails.
function quantile(sorted, p) {
	position = p * (sorted.length - 1);
	low = floor(position);
	high = minOf(low + 1, sorted.length - 1);
	return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
}
