package io.github.deqa4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.BatchOptions;
import io.github.deqa4j.score.BatchScorer;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.Scorer;
import java.awt.image.BufferedImage;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObservedScorerTest {
    private static final RgbImage IMAGE = new RgbImage(2, 1, new byte[6]);

    private final RecordingScorer scorer = new RecordingScorer();
    private final List<String> events = new ArrayList<>();
    private final ObservedScorer observed = observed(scorer);

    @Test
    void callsArePassedOn() {
        PreparedImage prepared = observed.prepare(IMAGE);
        assertThat(prepared).isInstanceOf(RecordingScorer.Prepared.class);
        assertThat(observed.scorePrepared(List.of(prepared, prepared))).hasSize(2);
        assertThat(observed.scoreAll(List.of(IMAGE, IMAGE, IMAGE))).hasSize(3);
        assertThat(observed.score(IMAGE)).isEqualTo(RecordingScorer.QUALITY);
        assertThat(observed.scoreWithMap(IMAGE).quality()).isEqualTo(RecordingScorer.QUALITY);
        assertThat(observed.model()).isSameAs(RecordingScorer.MODEL);
        assertThat(observed.batch()).isEqualTo(7);
        assertThat(observed.supportsMaps()).isTrue();
        assertThat(observed.scoreDetail(IMAGE, DetailSettings.defaults()).quality())
                .isEqualTo(RecordingScorer.QUALITY);
        assertThat(observed.supportsDetail()).isTrue();
        assertThat(observed.keepsScale(IMAGE)).isTrue();

        assertThat(scorer.calls())
                .containsExactly(
                        "prepare",
                        "scorePrepared 2",
                        "scoreAll 3",
                        "score 1",
                        "scoreWithMap 1",
                        "model",
                        "scoreDetail 1");
        assertThat(events).containsExactly("scored 2", "scored 3", "scored 1", "scored 1", "scored 1");
    }

    @Test
    void whatDecodesAndScoresIsObservedOnce() {
        assertThat(observed.score(EncodedImage.of(new byte[0], "good"))).isEqualTo(RecordingScorer.QUALITY);
        assertThat(observed.score(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)))
                .isEqualTo(RecordingScorer.QUALITY);

        assertThat(scorer.calls()).containsExactly("decode", "score 1", "decode BufferedImage", "score 1");
        assertThat(events).containsExactly("scored 1", "scored 1");
    }

    /** A method that the interface gets one day must be passed on, or be named here. */
    @Test
    void onlyWhatDecodesAndScoresIsInherited() {
        List<String> inherited = Stream.of(Scorer.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !declares(method))
                .map(method -> method.getName() + " " + method.getParameterTypes()[0].getSimpleName())
                .toList();

        assertThat(inherited).containsExactlyInAnyOrder("score EncodedImage", "score Path", "score BufferedImage");
    }

    @Test
    void aBatchStaysABatch() {
        try (BatchScorer batch = BatchScorer.of(observed, BatchOptions.defaults())) {
            batch.score(List.of("a", "bad", "c"), name -> EncodedImage.of(new byte[0], name), outcome -> {});
        }
        assertThat(scorer.calls()).contains("scorePrepared 2");
        assertThat(events).containsExactlyInAnyOrder("unreadable DAMAGED", "scored 2");
    }

    @Test
    void failuresAreToldAndThrown() {
        ScoringException failure = new ScoringException("no score");
        scorer.failing(failure);

        assertThatThrownBy(() -> observed.score(IMAGE)).isSameAs(failure);
        assertThatThrownBy(() -> observed.score(EncodedImage.of(new byte[0], "bad")))
                .isInstanceOf(UnreadableImageException.class);
        assertThat(events).containsExactly("failed no score", "unreadable DAMAGED");
        assertThat(observed.hasScored()).isFalse();
        assertThat(observed.failure()).isEmpty();
    }

    @Test
    void aModelThatGivesNoScoreIsRemembered() {
        UnusableModelException failure = new UnusableModelException("weights are NaN");
        scorer.failing(failure);

        assertThatThrownBy(() -> observed.score(IMAGE)).isSameAs(failure);
        assertThat(observed.failure()).contains(failure);
    }

    @Test
    void theScoresOfNoImagesAreNoEvent() {
        assertThat(observed.scoreAll(List.of())).isEmpty();
        assertThat(observed.scorePrepared(List.of())).isEmpty();
        assertThat(observed.isOpen()).isTrue();
        observed.close();

        assertThat(observed.isOpen()).isFalse();
        assertThat(events).isEmpty();
        assertThat(observed.hasScored()).isFalse();
    }

    @Test
    void warmingUpScoresAndLearnsTheModelUnheard() {
        assertThat(observed.knownModel()).isEmpty();
        observed.warmUp();

        assertThat(scorer.calls()).containsExactly("score 1", "model");
        assertThat(observed.hasScored()).isTrue();
        assertThat(observed.knownModel()).contains(RecordingScorer.MODEL);
        assertThat(events).isEmpty();
    }

    private static boolean declares(Method method) {
        return Stream.of(ObservedScorer.class.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && List.of(own.getParameterTypes()).equals(List.of(method.getParameterTypes())));
    }

    private ObservedScorer observed(Scorer inner) {
        ScoringListener listener = new ScoringListener() {
            @Override
            public void scored(String name, int images, long nanos) {
                assertThat(name).isEqualTo("bean");
                assertThat(nanos).isPositive();
                events.add("scored " + images);
            }

            @Override
            public void failed(String name, Throwable failure, long nanos) {
                events.add("failed " + ((DeqaException) failure).getMessage());
            }

            @Override
            public void unreadable(String name, UnreadableImageException failure) {
                events.add("unreadable " + failure.reason());
            }
        };
        return new ObservedScorer("bean", inner, List.of(listener));
    }
}
