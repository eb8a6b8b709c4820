package io.github.deqa4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.torch.loss.LossParts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepRowTest {
    @Test
    void everyLossHasItsColumn() {
        Map<LossPart, Double> losses = new EnumMap<>(LossPart.class);
        for (LossPart part : LossPart.values()) {
            losses.put(part, 10.0 + losses.size());
        }

        assertThat(String.join(",", StepRow.COLUMNS))
                .isEqualTo("epoch,loss,rank,ladder,next_token,kl,in_level,description,side_a,side_b,gradient_norm,"
                        + "rate_vision,rate_abstractor,rate_decoder,draws");
        assertThat(new StepRow(7, 2, new LossParts(losses), 0.5, List.of(1e-3, 2e-3, 3e-3), 4).values())
                .containsExactly(2, 10, 11, 12, 13, 14, 15, 16, 17, 18, 0.5, 1e-3, 2e-3, 3e-3, 4);
    }
}
