package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Scorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes through the network when the settings name a batch. */
class FixedBatchesTest {
    private static final RgbImage WIDE = new RgbImage(60, 40, new byte[3 * 60 * 40]);
    private static final RgbImage TALL = new RgbImage(40, 60, new byte[3 * 60 * 40]);

    private final List<Long> inputs = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyPassHasTheShapeOfAFullBatch() {
        try (Scorer scorer = open(4)) {
            assertThat(scorer.scoreAll(List.of(WIDE, TALL, WIDE, WIDE, WIDE, WIDE)))
                    .hasSize(6);
            assertThat(scorer.batch()).isEqualTo(4);
        }
        assertThat(inputs).containsExactly(4L, 4L, 4L);
    }

    @Test
    void imagesOfABatchOfOneGoAlone() {
        try (Scorer scorer = open(1)) {
            scorer.scoreAll(List.of(WIDE, TALL, WIDE));
            assertThat(scorer.batch()).isEqualTo(1);
        }
        assertThat(inputs).containsExactly(1L, 1L, 1L);
    }

    @Test
    void imagesGoAloneUnlessTheSettingsSayOtherwise() {
        assertThat(ScorerSettings.defaults().batch()).hasValue(1);
    }

    @Test
    void aNetworkThatMeasuresNothingTakesOneImageAtATime() {
        ModelSource source = ModelSource.directory(CompactFiles.write(folder.resolve("model")));
        try (Scorer scorer = Scorers.open(source, ScorerSettings.defaults().withAutomaticBatch())) {
            assertThat(scorer.batch()).isEqualTo(1);
        }
    }

    @Test
    void aBatchHasAnImage() {
        assertThatThrownBy(() -> ScorerSettings.defaults().withBatch(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("batch is 0; it must be from 1 to 256");
    }

    private Scorer open(int batch) {
        return WatchedNetwork.open(
                folder.resolve("model"), ScorerSettings.defaults(), batch, pixels -> inputs.add(pixels.size(0)));
    }
}
