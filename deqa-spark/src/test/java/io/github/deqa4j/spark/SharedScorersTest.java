package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.score.Scorer;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedScorersTest {
    private static final ScoringSettings SETTINGS = ScoringSettings.defaults();
    private static final String PLATFORM = Loader.getPlatform();

    private final List<Scorer> opened = new ArrayList<>();
    private int failures;
    private final SharedScorers scorers = new SharedScorers(settings -> {
        if (failures-- > 0) {
            throw new ModelLoadException("not yet");
        }
        Scorer scorer = LocalSpark.scorer();
        opened.add(scorer);
        return scorer;
    });

    @Test
    void aScorerIsOpenedOnceForAllThreads() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Scorer> task = () -> scorers.get(SETTINGS);
            Set<Scorer> found = new HashSet<>();
            for (Future<Scorer> answer : threads.invokeAll(List.of(task, task, task, task))) {
                found.add(answer.get());
            }
            assertThat(found).hasSize(1);
            assertThat(opened).hasSize(1);
        } finally {
            threads.shutdown();
            scorers.close();
        }
    }

    @Test
    void otherSettingsAreAnotherScorer() {
        Scorer one = scorers.get(SETTINGS);
        assertThat(scorers.get(SETTINGS.withModel("other"))).isNotSameAs(one);
        assertThat(scorers.get(SETTINGS.withModel("bundled"))).isSameAs(one);
        scorers.close();
    }

    @Test
    void whatFailedIsTriedAgain() {
        failures = 1;
        assertThatThrownBy(() -> scorers.get(SETTINGS))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage("not yet");
        assertThat(scorers.get(SETTINGS)).isSameAs(opened.get(0));
        scorers.close();
    }

    /** Spark would take the error for one of the JVM, and end it. */
    @Test
    void aMissingLibraryIsAModelThatCannotBeOpened() {
        SharedScorers bare = new SharedScorers(settings -> {
            throw new NoClassDefFoundError("org/bytedeco/pytorch/Tensor");
        });
        assertThatThrownBy(() -> bare.get(SETTINGS))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("NoClassDefFoundError: org/bytedeco/pytorch/Tensor")
                .hasNoCause();
    }

    @Test
    void withoutNativeLibrariesTheArtifactIsNamedEachTime() throws Exception {
        try (URLClassLoader loader = withoutNatives()) {
            Method open = loader.loadClass(Opening.class.getName()).getMethod("open");
            for (int attempt = 0; attempt < 2; attempt++) { // Spark tries a task again
                assertThatThrownBy(() -> open.invoke(null))
                        .cause()
                        .hasMessage("the native libraries are missing; add the dependency io.github.deqa4j:deqa-native-"
                                + PLATFORM + " (its type is pom), in the version of deqa-torch");
            }
        }
    }

    @Test
    void nativeLibrariesForTheCpuAndForGpusAreNotMixed(@TempDir Path folder) throws Exception {
        for (String kind : List.of("", "-gpu")) {
            Path libraries = Files.createDirectories(folder.resolve("org/bytedeco/pytorch/" + PLATFORM + kind));
            Files.createFile(libraries.resolve(System.mapLibraryName("jnitorch")));
        }
        try (URLClassLoader loader = withoutNatives(folder.toUri().toURL())) {
            Method open = loader.loadClass(Opening.class.getName()).getMethod("open");
            assertThatThrownBy(() -> open.invoke(null))
                    .cause()
                    .hasMessageStartingWith(
                            "there are native libraries for the CPU and for GPUs, and only one kind can be used");
        }
    }

    /** What the first task of an executor does. */
    public static final class Opening {
        private Opening() {}

        public static void open() {
            SharedScorers.OF_JVM.get(ScoringSettings.defaults());
        }
    }

    /** The class path without the native libraries, in a class loader that shares no class with this test's. */
    private static URLClassLoader withoutNatives(URL... more) throws MalformedURLException {
        List<URL> places = new ArrayList<>(List.of(more));
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!place.contains("-" + PLATFORM)) {
                places.add(Path.of(place).toUri().toURL());
            }
        }
        return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void theEndClosesAllAndOpensNone() {
        Scorer scorer = scorers.get(SETTINGS);
        scorers.close();
        assertThatThrownBy(() -> scorer.scoreAll(List.of())).isInstanceOf(ScorerClosedException.class);
        assertThatThrownBy(() -> scorers.get(SETTINGS))
                .isInstanceOf(ScorerClosedException.class)
                .hasMessage("the executor is shutting down, and its models are closed");
        assertThat(opened).hasSize(1);
    }
}
