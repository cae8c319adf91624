// Reconstructs every raw file of a folder; batch.csv says of each file what became of it, and a bad one does not stop the others.
// posteriorj macro macros/folder-batch.ijm "INPUT OUTPUT [OPTIONS]"   tabs between the three if a folder has spaces in its name
separator = " ";
if (indexOf(getArgument(), "\t") >= 0) separator = "\t";
arguments = split(getArgument(), separator);
if (arguments.length < 2) exit("folder-batch: give an input and an output folder");
input = arguments[0];
output = arguments[1];
options = "sampler=PnP-DM samples=4 quality=Preview";
if (arguments.length > 2) {
	options = "";
	for (i = 2; i < arguments.length; i++) options = options + arguments[i] + " ";
}
if (!File.exists(output)) File.makeDirectory(output);
run("PosteriorJ Macro Extensions");
table = "file,status,residual chi-square,seconds\n";
failures = 0;
files = getFileList(input);
for (i = 0; i < files.length; i++) {
	if (endsWith(files[i], ".npy") || endsWith(files[i], ".h5") || endsWith(files[i], ".cfl")) {
		name = substring(files[i], 0, lastIndexOf(files[i], "."));
		Ext.posteriorjTry("Open Raw Data...", "input=[" + input + "/" + files[i] + "]", problem);
		if (problem == "") Ext.posteriorjTry("Reconstruct MRI...", options + " output=[" + output + "/" + name + "]", problem);
		if (problem == "") {
			Ext.posteriorjInfo("residual chi-square", chi);
			Ext.posteriorjInfo("seconds", seconds);
			table = table + files[i] + ",done," + chi + "," + seconds + "\n";
		}
		else {
			table = table + files[i] + ",\"" + replace(problem, "\"", "'") + "\",,\n";
			failures++;
		}
		close("*");
		File.saveString(table, output + "/batch.csv");
	}
}
print("batch: " + output + "/batch.csv");
if (failures > 0) exit("folder-batch: " + failures + " file(s) failed, see " + output + "/batch.csv");
