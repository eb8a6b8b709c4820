package io.github.deqa4j.torch.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.torch.network.BatchSize.Reason;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    @Test
    void theSettingsDecideAndElseTheMeasurement() {
        assertThat(size(OptionalInt.of(4), true)).isEqualTo(new BatchSize(4, Reason.ASKED));
        assertThat(size(OptionalInt.empty(), true)).isEqualTo(new BatchSize(3, Reason.MEASURED));
    }

    @Test
    void whereRowsAreNotEqualImagesGoOneByOne() {
        assertThat(size(OptionalInt.of(4), false)).isEqualTo(new BatchSize(1, Reason.UNEQUAL_ROWS));
        assertThat(size(OptionalInt.empty(), false)).isEqualTo(new BatchSize(1, Reason.UNEQUAL_ROWS));
        assertThat(size(OptionalInt.of(1), false)).isEqualTo(new BatchSize(1, Reason.ASKED));
    }

    private static BatchSize size(OptionalInt asked, boolean equalRows) {
        return BatchSize.of(asked, () -> 3, () -> equalRows);
    }
}
