// Asks for two folders and a method, and reconstructs every raw MRI scan of the first; batch.csv in the second says what became of each.
input = getDirectory("Folder of raw scans");
output = getDirectory("Folder for the results");
Dialog.create("Reconstruct Folder");
Dialog.addChoice("Sampler", newArray("PnP-DM", "DAPS", "Ensemble SMC", "RED-diff", "L1-wavelet", "TV", "CG-SENSE"), "PnP-DM");
Dialog.addNumber("Samples", 8, 0, 5, "posterior samples");
Dialog.addChoice("Quality", newArray("Preview", "Standard", "Best"), "Standard");
Dialog.show();
options = "sampler=[" + Dialog.getChoice() + "] samples=" + Dialog.getNumber() + " quality=" + Dialog.getChoice();
macro = getDirectory("imagej") + "macros/folder-batch.ijm";
if (!File.exists(macro)) exit("Reconstruct Folder: " + macro + " is missing - copy PosteriorJ's macros folder too.");
runMacro(macro, input + "\t" + output + "\t" + options);
