package org.posteriorj.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

/** ImageJ with the recorder and a command's dialog; keeps what was recorded and the window that the command made. */
final class DialogProgram {

	private DialogProgram() {}

	/** Arguments: folder, label of the command. */
	public static void main(final String[] args) throws IOException, InterruptedException {
		final Path folder = Path.of(args[0]);
		new ImageJ();
		new Recorder();
		final int before = WindowManager.getImageCount();
		IJ.doCommand(args[1]);
		for (int i = 0; i < 600 && WindowManager.getImageCount() == before; i++) TimeUnit.MILLISECONDS.sleep(100);
		TimeUnit.SECONDS.sleep(1);
		Files.writeString(folder.resolve("recorded.ijm"), Recorder.getInstance().getText());
		final ImagePlus made = WindowManager.getCurrentImage();
		IJ.saveAsTiff(made, folder.resolve("window.tif").toString());
		Files.writeString(folder.resolve("finished"), made.getTitle());
		TimeUnit.SECONDS.sleep(2);
		System.exit(0);
	}
}
