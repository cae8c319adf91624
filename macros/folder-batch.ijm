// Reconstructs every raw file of a folder and writes a table of what is done; a bad file stops it with its reason.
// posteriorj macro macros/folder-batch.ijm "INPUT OUTPUT [OPTIONS]"
arguments = split(getArgument(), " ");
if (arguments.length < 2) exit("folder-batch: give an input and an output folder");
input = arguments[0];
output = arguments[1];
options = "sampler=PnP-DM samples=4 quality=Preview";
if (arguments.length > 2) {
	options = "";
	for (i = 2; i < arguments.length; i++) options = options + arguments[i] + " ";
}
if (!File.exists(output)) File.makeDirectory(output);
table = "file,status\n";
files = getFileList(input);
for (i = 0; i < files.length; i++) {
	if (endsWith(files[i], ".npy") || endsWith(files[i], ".h5") || endsWith(files[i], ".cfl")) {
		name = substring(files[i], 0, lastIndexOf(files[i], "."));
		run("Open Raw Data...", "input=[" + input + "/" + files[i] + "]");
		run("Reconstruct MRI...", options + " output=[" + output + "/" + name + "]");
		close("*");
		table = table + files[i] + ",done\n";
		File.saveString(table, output + "/batch.csv");
	}
}
print("batch: " + output + "/batch.csv");
