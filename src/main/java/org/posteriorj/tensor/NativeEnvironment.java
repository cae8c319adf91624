package org.posteriorj.tensor;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** The process's own environment, which native libraries read and which Java can only see a copy of. */
final class NativeEnvironment {

	private NativeEnvironment() {}

	/** Sets a variable that is not set yet; on Windows, where libtorch has another OpenMP library, does nothing. */
	static void setDefault(final String name, final String value) {
		if (Platform.isWindows() || System.getenv(name) != null) return;
		final Function setenv = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("setenv");
		setenv.invokeInt(new Object[] { name, value, 0 });
	}
}
