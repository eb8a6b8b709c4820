package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.score.Scorer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SharedScorersTest {
    private static final ScoringSettings SETTINGS = ScoringSettings.defaults();

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
