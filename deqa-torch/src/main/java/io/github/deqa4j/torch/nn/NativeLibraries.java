package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries of the binding. They are not dependencies of this module, since each platform has its own: a program adds
 * {@code io.github.deqa4j:deqa-native-<platform>}.
 */
final class NativeLibraries {
    /** The platforms, as the binding calls them, that have such an artifact. */
    static final List<String> PLATFORMS = List.of("linux-x86_64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");

    /** What the artifact of a platform is called, without the platform. */
    static final String ARTIFACT = "deqa-native-";

    private static final String GPU = "-gpu"; // the binding's suffix for CUDA
    private static final String CUDA = "-cuda"; // that of our artifacts

    private NativeLibraries() {}

    /**
     * Loads them, the first time it is called.
     *
     * @throws DeqaException if they are missing, which names the artifact to add, if there are two kinds of them, or if the system cannot
     *     load them
     */
    static void load() {
        if (Loaded.PROBLEM != null) {
            throw new DeqaException(Loaded.PROBLEM);
        }
    }

    /**
     * Why the libraries were not loaded.
     *
     * @param present whether there is a resource of a name, which begins with a slash
     * @param modular whether this is a module, and not on the class path
     */
    static String problem(String platform, Predicate<String> present, boolean modular, LinkageError failure) {
        if (!PLATFORMS.contains(platform)) {
            return "there are no native libraries for " + platform + "; there are some for "
                    + String.join(", ", PLATFORMS);
        }
        if (present.test(library(platform)) || present.test(library(platform + GPU))) {
            return "the native libraries for " + platform + " cannot be loaded: " + failure.getMessage();
        }
        return "the native libraries are missing; add the dependency io.github.deqa4j:" + ARTIFACT + platform
                + " (its type is pom), in the version of deqa-torch"
                + (modular ? ", and start Java with all modules of the module path (ALL-MODULE-PATH)" : "");
    }

    /** Why the libraries must not be loaded: with those for the CPU and those for GPUs, the order of the class path would choose. */
    static Optional<String> conflict(String platform, Predicate<String> present) {
        if (!present.test(library(platform)) || !present.test(library(platform + GPU))) {
            return Optional.empty();
        }
        String artifact = "io.github.deqa4j:" + ARTIFACT + platform;
        return Optional.of(
                "there are native libraries for the CPU and for GPUs, and only one kind can be used; keep one of the"
                        + " dependencies " + artifact + " and " + artifact + CUDA);
    }

    private static String library(String folder) {
        return "/org/bytedeco/pytorch/" + folder + "/" + System.mapLibraryName("jnitorch");
    }

    /** Keeps the first answer: Java tells why a class could not be initialized only once. */
    private static final class Loaded {
        static final @Nullable String PROBLEM = attempt();

        private Loaded() {}

        private static @Nullable String attempt() {
            Optional<String> conflict = conflict(Loader.getPlatform(), Loaded::isPresent);
            if (conflict.isPresent()) {
                return conflict.get();
            }
            try {
                Loader.load(openblas_nolapack.class);
                Loader.load(torch.class);
                return null;
            } catch (LinkageError e) {
                return problem(
                        Loader.getPlatform(),
                        Loaded::isPresent,
                        NativeLibraries.class.getModule().isNamed(),
                        e);
            }
        }

        private static boolean isPresent(String resource) {
            return NativeLibraries.class.getResource(resource) != null;
        }
    }
}
