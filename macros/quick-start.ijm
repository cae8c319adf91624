// From the raw sample scan to the posterior, and how near the truth it is.
// posteriorj macro macros/quick-start.ijm [FOLDER]   where FOLDER holds sample-data (default: the current one)
folder = getArgument();
if (folder == "") folder = ".";
run("Open Raw Data...", "input=[" + folder + "/sample-data/brain-8coil-r4.npy]");
run("Reconstruct MRI...", "sampler=PnP-DM prior=brain-mri samples=4 quality=Preview seed=7");
mean = getTitle();
open(folder + "/sample-data/brain-reference.tif");
run("Compare With Reference...", "input=[" + mean + "] reference=brain-reference.tif");
