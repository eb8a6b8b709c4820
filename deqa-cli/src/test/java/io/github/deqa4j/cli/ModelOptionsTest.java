package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModelOptionsTest {
    @Test
    void aBatchThatIsNotTheOneAskedForIsTold() {
        assertThat(ModelOptions.batchNote(OptionalInt.of(4), 4)).isEmpty();
        assertThat(ModelOptions.batchNote(OptionalInt.of(1), 1)).isEmpty();
        assertThat(ModelOptions.batchNote(OptionalInt.empty(), 4))
                .hasValue("automatic batch: passes of 4 images of one size");
        assertThat(ModelOptions.batchNote(OptionalInt.empty(), 1)).hasValue("automatic batch: passes of one image");
        assertThat(ModelOptions.batchNote(OptionalInt.of(4), 1))
                .hasValue("passes of one image, since this processor gives an image other bits at other places of a"
                        + " batch");
    }

    @Test
    void theWordForAMeasuredBatchMayHaveCapitals() {
        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--batch", "Auto", Shell.image("s0_97x61.png"));

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).matches("automatic batch: passes of (one image|[248] images of one size)\n");
    }
}
