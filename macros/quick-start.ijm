// From the raw sample scan to the posterior: open, reconstruct, compare with the truth.
// posteriorj macro macros/quick-start.ijm FOLDER   where FOLDER holds sample-data (default: the current one)
folder = getArgument();
if (folder == "") folder = ".";
run("Open Raw Data...", "input=[" + folder + "/sample-data/brain-8coil-r4.npy]");
run("Reconstruct MRI...", "sampler=PnP-DM prior=brain-mri samples=4 quality=Preview seed=7");
list = getList("image.titles");
for (i = 0; i < list.length; i++) print(list[i]);
