package org.posteriorj.tensor;

/** libtorch could not be started; the message says why and what to do, in one line. */
public class NativeLoadException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public NativeLoadException(final String message) {
		super(message);
	}

	public NativeLoadException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
