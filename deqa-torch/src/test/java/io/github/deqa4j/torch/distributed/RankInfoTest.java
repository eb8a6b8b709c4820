package io.github.deqa4j.torch.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RankInfoTest {
    private static final Map<String, String> TORCHRUN =
            Map.of("RANK", "5", "WORLD_SIZE", "8", "LOCAL_RANK", "1", "MASTER_ADDR", "node-0", "MASTER_PORT", "29500");

    @Test
    void theVariablesOfTorchrunAreRead() {
        assertThat(RankInfo.of(TORCHRUN)).contains(new RankInfo(5, 8, 1, "node-0", 29500, false, 0));
        Map<String, String> elastic = new HashMap<>(TORCHRUN);
        elastic.put("TORCHELASTIC_USE_AGENT_STORE", "True");
        elastic.put("TORCHELASTIC_RESTART_COUNT", "2");
        assertThat(RankInfo.of(elastic)).contains(new RankInfo(5, 8, 1, "node-0", 29500, true, 2));
    }

    @Test
    void withoutThemAProcessIsByItself() {
        assertThat(RankInfo.of(Map.of("MASTER_PORT", "29500"))).isEmpty();
    }

    @Test
    void whatIsSaidToAProcessIsWhatItReads() {
        RankInfo member = RankInfo.onThisMachine(1, 3, 4711);
        assertThat(RankInfo.of(member.environment())).contains(new RankInfo(1, 3, 1, "127.0.0.1", 4711, false, 0));
    }

    @Test
    void halfOfThemOrWrongOnesAreRefused() {
        refused(
                "MASTER_ADDR",
                null,
                "the environment variable MASTER_ADDR is not set, but RANK or WORLD_SIZE is; set all of RANK,"
                        + " WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT, as torchrun does, or none");
        refused("RANK", "eight", "the environment variable RANK is \"eight\"; it must be a number");
        refused("RANK", "8", "the environment variable RANK is 8; it must lie in 0 to 7");
        refused("WORLD_SIZE", "0", "the environment variable WORLD_SIZE is 0; it must lie in 1 to 32768");
        refused("MASTER_PORT", "70000", "the environment variable MASTER_PORT is 70000; it must lie in 1 to 65535");
    }

    private static void refused(String name, @Nullable String value, String message) {
        Map<String, String> wrong = new HashMap<>(TORCHRUN);
        wrong.remove(name);
        if (value != null) {
            wrong.put(name, value);
        }
        assertThatThrownBy(() -> RankInfo.of(wrong))
                .isInstanceOf(DeqaException.class)
                .hasMessage(message);
    }
}
