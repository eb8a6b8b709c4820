package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkFiles;
import org.junit.jupiter.api.Test;

class ScoringSettingsTest {
    private static final ScoringSettings USUAL = ScoringSettings.defaults();

    @Test
    void theDefaultsAreThoseOfAScorerAndTheSmallNetwork() {
        ScorerSettings usual = ScorerSettings.defaults();
        assertThat(USUAL.scorerSettings().withWarnings(usual.warnings())).isEqualTo(usual);
        assertThat(USUAL.source(note -> {})).isEqualTo(ModelSource.bundled());
    }

    @Test
    void everySettingReachesTheScorer() {
        ScoringSettings all = new ScoringSettings(
                "/models/adapter",
                "/models/base",
                "/models/tokenizer.model",
                "evaluation",
                "bf16",
                "cuda:1",
                true,
                1000,
                "8");
        ScorerSettings settings = all.scorerSettings();

        assertThat(all.source(note -> {}))
                .isEqualTo(new ModelSource.Directory(
                        Path.of("/models/adapter"),
                        Optional.of(Path.of("/models/base")),
                        Optional.of(Path.of("/models/tokenizer.model"))));
        assertThat(settings.prompt()).contains(Prompt.EVALUATION);
        assertThat(settings.precision()).contains(Precision.BF16);
        assertThat(settings.device()).isEqualTo(new Device(true, 1));
        assertThat(settings.exif()).isTrue();
        assertThat(settings.maxPixels()).isEqualTo(1000);
        assertThat(settings.batch()).hasValue(8);
    }

    @Test
    void anAutomaticBatchIsMeasured() {
        assertThat(batch("auto").scorerSettings().batch()).isEmpty();
    }

    @Test
    void filesThatSparkDistributesAreInItsFolder() {
        LocalSpark.SESSION.sparkContext(); // has the folder
        assertThat(USUAL.withModel("files:model").source(note -> {}))
                .isEqualTo(ModelSource.directory(Path.of(SparkFiles.get("model"))));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> batch("many").scorerSettings())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("batch is \"many\"; use a number from 1 to 256, or auto");
        assertThatThrownBy(() -> USUAL.withModel(" ").source(note -> {}))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("model is empty; name a place, or leave the setting out");
        assertThatThrownBy(() -> USUAL.withModel("a\0b").source(note -> {}))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("model is \"a\0b\", which is no path (");
        assertThatThrownBy(() -> withTokenizer().source(note -> {}))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("the model \"bundled\" has no use for base and tokenizer");
    }

    private static ScoringSettings batch(String batch) {
        return new ScoringSettings("bundled", null, null, null, null, "cpu", false, 1000, batch);
    }

    private static ScoringSettings withTokenizer() {
        return new ScoringSettings("bundled", null, "tokenizer.model", null, null, "cpu", false, 1000, "1");
    }
}
