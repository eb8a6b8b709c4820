package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    private final UnsatisfiedLinkError failure = new UnsatisfiedLinkError("libcudart.so.13: cannot open it");

    @Test
    void aProgramWithoutThemIsToldWhichArtifactToAddEachTime() throws Exception {
        try (URLClassLoader loader = withoutNatives()) {
            Method start = loader.loadClass(Engine.class.getName()).getMethod("start");
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> start.invoke(null))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessage("the native libraries are missing; add the dependency io.github.deqa4j:deqa-native-"
                                + Loader.getPlatform() + " (its type is pom), in the version of deqa-torch")
                        .extracting(error -> error.getClass().getSimpleName())
                        .isEqualTo("DeqaException");
            }
        }
    }

    @Test
    void aModularProgramIsToldThatTheyMustBeResolvedToo() {
        assertThat(NativeLibraries.problem("macosx-arm64", resource -> false, true, failure))
                .isEqualTo(
                        "the native libraries are missing; add the dependency io.github.deqa4j:deqa-native-macosx-arm64"
                                + " (its type is pom), in the version of deqa-torch, and start Java with all modules of the module"
                                + " path (ALL-MODULE-PATH)");
    }

    @Test
    void librariesThatTheSystemRefusesAreNotCalledMissing() {
        for (String folder : List.of("linux-x86_64", "linux-x86_64-gpu")) {
            String library = "/org/bytedeco/pytorch/" + folder + "/" + System.mapLibraryName("jnitorch");
            assertThat(NativeLibraries.problem("linux-x86_64", library::equals, false, failure))
                    .isEqualTo(
                            "the native libraries for linux-x86_64 cannot be loaded: libcudart.so.13: cannot open it");
        }
    }

    @Test
    void thoseForTheCpuAndForGpusAreNotMixed(@TempDir Path folder) throws Exception {
        for (String kind : List.of("", "-gpu")) {
            Path libraries =
                    Files.createDirectories(folder.resolve("org/bytedeco/pytorch/" + Loader.getPlatform() + kind));
            Files.createFile(libraries.resolve(System.mapLibraryName("jnitorch")));
        }
        try (URLClassLoader loader = withoutNatives(folder.toUri().toURL())) {
            Method start = loader.loadClass(Engine.class.getName()).getMethod("start");
            String artifact = "io.github.deqa4j:deqa-native-" + Loader.getPlatform();
            assertThatThrownBy(() -> start.invoke(null))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessage(
                            "there are native libraries for the CPU and for GPUs, and only one kind can be used; keep one of"
                                    + " the dependencies " + artifact + " and " + artifact + "-cuda");
        }
    }

    @Test
    void aPlatformWithoutAnyIsTold() {
        assertThat(NativeLibraries.problem("linux-arm64", resource -> false, false, failure))
                .isEqualTo(
                        "there are no native libraries for linux-arm64; there are some for linux-x86_64, macosx-arm64,"
                                + " macosx-x86_64, windows-x86_64");
    }

    @Test
    void everyArtifactThatIsNamedIsBuilt() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("..", "deqa-native"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()).filter(name -> !name.endsWith("-cuda")))
                    .containsExactlyInAnyOrderElementsOf(NativeLibraries.PLATFORMS);
        }
    }

    /** What {@link Engine} needs but the native libraries, in a class loader that shares no class with this test's. */
    private static URLClassLoader withoutNatives(URL... more) {
        URL[] places = Stream.concat(
                        Stream.of(more),
                        Stream.of(Engine.class, DeqaException.class, Loader.class, openblas_nolapack.class, torch.class)
                                .map(type -> type.getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()))
                .toArray(URL[]::new);
        return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    }
}
