package org.posteriorj.tensor;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.Map;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * Starts libtorch once, safely: checks the JavaCPP version, extracts every library before the first is loaded, chooses the
 * CPU build unless CUDA is there, and refuses to load again, without a word, a library that killed the last JVM.
 */
public final class LibTorch {

	/** The JavaCPP version that the libtorch binding was built with. */
	public static final String JAVACPP_WANTED = "1.5.13";
	/** Set to {@code true} to load libtorch although it killed an earlier start. */
	public static final String IGNORE_CRASH_PROPERTY = "posteriorj.ignoreCrash";
	/** Threads used by one operation; all processors by default. */
	public static final String THREADS_PROPERTY = "posteriorj.threads";

	private static final String[] LIBRARIES = { "libc10.so", "libgomp.so.1", "libtorch_cpu.so", "libtorch.so", "libjnitorch.so" };

	private static boolean started;
	private static NativeLoadException failure;

	private LibTorch() {}

	/**
	 * Starts libtorch if it does not run yet.
	 *
	 * @throws NativeLoadException with the reason and the remedy; the same again at every later call
	 */
	public static synchronized void start() {
		if (started) return;
		if (failure != null) throw failure;
		try {
			load();
			Computing.endSafely();
			started = true;
		}
		catch (final NativeLoadException exc) {
			failure = exc;
			throw exc;
		}
	}

	private static void load() {
		checkJavaCpp();
		final CrashMarker marker = CrashMarker.inCache();
		marker.refuseAfterCrash();
		prepareEnvironment();
		marker.place();
		try {
			extractAll();
			Loader.load(torch.class);
			openblas.blas_set_num_threads(1);
			torch.set_num_threads(threads());
			// NB: the first operation is where a wrong library crashes
			try (org.bytedeco.javacpp.PointerScope scope = new org.bytedeco.javacpp.PointerScope()) {
				torch.ones(2).add(torch.ones(2)).sum().item_float();
			}
		}
		catch (final LinkageError | IOException exc) {
			throw new NativeLoadException("libtorch could not be loaded on " + platform() + ": " + String.valueOf(exc.getMessage()).split("\n")[0] +
				" - check that the libtorch jar of this platform lies beside PosteriorJ, and free disk space for its cache.", exc);
		}
		finally {
			marker.remove();
		}
	}

	/** Number of threads of one operation. */
	public static int threads() {
		return Math.max(1, Integer.getInteger(THREADS_PROPERTY, Runtime.getRuntime().availableProcessors()));
	}

	/** Lets operations that this thread starts use {@code count} threads; returns how many it was before. */
	public static int useThreads(final int count) {
		start();
		final int before = torch.get_num_threads();
		torch.set_num_threads(count);
		return before;
	}

	/** Name and version of every library in use, with the jar it came from, for reports and for the self-test. */
	public static Map<String, String> versions() {
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
		versions.put("platform", platform());
		versions.put("JavaCPP", javaCppFound() + ", wanted " + JAVACPP_WANTED + ", from " + jarOf(Loader.class));
		start();
		versions.put("libtorch", bindingVersion() + ", from " + jarOf(torch.class));
		versions.put("threads", String.valueOf(torch.get_num_threads()));
		versions.put("CUDA", torch.cuda_is_available() ? torch.cuda_device_count() + " device(s)" : "none");
		return versions;
	}

	/** Version of JavaCPP on the class path. */
	static String javaCppFound() {
		final String version = Loader.class.getPackage().getImplementationVersion();
		if (version != null) return version;
		try {
			return Loader.getVersion();
		}
		catch (final IOException exc) {
			return "unknown";
		}
	}

	private static String bindingVersion() {
		try {
			return Loader.getVersion("org.bytedeco", "pytorch", torch.class);
		}
		catch (final IOException exc) {
			return "unknown";
		}
	}

	private static void checkJavaCpp() {
		final String found;
		try {
			found = javaCppFound();
		}
		catch (final LinkageError exc) {
			throw new NativeLoadException("JavaCPP is missing - put javacpp-" + JAVACPP_WANTED + ".jar into the jars folder.", exc);
		}
		requireJavaCpp(found, jarOf(Loader.class));
	}

	/** Refuses a JavaCPP other than the one wanted; Fiji ships 1.5.10. */
	static void requireJavaCpp(final String found, final String jar) {
		if (found.startsWith(JAVACPP_WANTED)) return;
		throw new NativeLoadException("JavaCPP " + found + " was found in " + jar + ", but libtorch needs " + JAVACPP_WANTED +
			" - replace that jar by javacpp-" + JAVACPP_WANTED + ".jar from PosteriorJ's jars folder and restart.");
	}

	/** Must run before the OpenMP library is loaded: it reads its environment once. */
	private static void prepareEnvironment() {
		NativeEnvironment.setDefault("GOMP_SPINCOUNT", "0");
		NativeEnvironment.setDefault("OPENBLAS_NUM_THREADS", "1");
		if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
			// NB: the memory forecast of the workflows decides, not a multiple of the Java heap
			System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
		}
		if (System.getProperty("org.bytedeco.javacpp.platform.extension") == null && !Cuda.librariesFound()) {
			// NB: the CUDA build aborts the process where the CUDA libraries are missing
			System.setProperty("org.bytedeco.javacpp.platform.extension", "");
		}
	}

	/** A system-wide libtorch would be picked up by the dynamic linker for a library that is not extracted yet. */
	private static void extractAll() throws IOException {
		for (final String name : LIBRARIES) {
			final URL url = Loader.class.getResource("/org/bytedeco/pytorch/" + platform() + "/" + name);
			if (url != null) Loader.cacheResource(url);
		}
	}

	private static String platform() {
		return Loader.getPlatform() + System.getProperty("org.bytedeco.javacpp.platform.extension", "");
	}

	private static String jarOf(final Class<?> type) {
		final CodeSource source = type.getProtectionDomain().getCodeSource();
		return source == null || source.getLocation() == null ? "an unknown place" : source.getLocation().getPath();
	}

	/** The file that stands while libtorch is being loaded and is found at the next start if that killed the JVM. */
	static final class CrashMarker {

		private static final long GONE = -1;

		private final Path file;

		CrashMarker(final Path file) {
			this.file = file;
		}

		static CrashMarker inCache() {
			try {
				final Path cache = Loader.getCacheDir().toPath();
				return new CrashMarker(cache.resolve("posteriorj-loading-" + JAVACPP_WANTED));
			}
			catch (final IOException exc) {
				throw new NativeLoadException("no folder to extract libtorch to: " + exc.getMessage() +
					" - set -Dorg.bytedeco.javacpp.cachedir to a writable folder with 1 GB of free space.", exc);
			}
		}

		void refuseAfterCrash() {
			if (Boolean.getBoolean(IGNORE_CRASH_PROPERTY) || !Files.exists(file)) return;
			final long pid = owner();
			if (pid == GONE || pid > 0 && pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) return;
			throw new NativeLoadException("libtorch ended the program when it was last loaded, so it is not loaded again; delete " + file +
				" or start with -D" + IGNORE_CRASH_PROPERTY + "=true to try once more.");
		}

		/** The process that placed the marker, {@link #GONE} if it has just finished, 0 if that cannot be read. */
		private long owner() {
			try {
				return Long.parseLong(Files.readString(file).trim());
			}
			catch (final NoSuchFileException exc) {
				return GONE;
			}
			catch (final IOException | NumberFormatException exc) {
				return 0;
			}
		}

		/** NB: moved into place whole, or another program that starts now would read half a number. */
		void place() {
			final long pid = ProcessHandle.current().pid();
			try {
				final Path temporary = Files.writeString(file.resolveSibling(file.getFileName() + "-" + pid), Long.toString(pid));
				Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (final IOException exc) {
				throw new NativeLoadException("the folder for libtorch's libraries is not writable: " + file.getParent() +
					" - set -Dorg.bytedeco.javacpp.cachedir to another.", exc);
			}
		}

		void remove() {
			try {
				Files.deleteIfExists(file);
			}
			catch (final IOException exc) {
				throw new NativeLoadException("cannot delete " + file + ": " + exc.getMessage(), exc);
			}
		}
	}
}
