package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    private static final String ZEN_4 = "fpu sse4_1 avx2 avx512f avx512bw avx512_bf16 avx512_vnni";

    @Test
    void instructionsForBfloat16DecideHowAttentionIsComputed() {
        assertThat(Engine.multipliesHalf(ZEN_4, "")).isTrue();
        assertThat(Engine.multipliesHalf("avx512f amx_tile amx_bf16", "")).isTrue();
        assertThat(Engine.multipliesHalf("fpu sse4_1 avx2 avx512f avx512bw avx512_vnni", ""))
                .isFalse();
        assertThat(Engine.multipliesHalf("", "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSE41", "AVX2", "avx2", "AVX512_CORE", "AVX512_CORE_VNNI"})
    void instructionsThatOneDnnMayNotUseDoNotCount(String limit) {
        assertThat(Engine.multipliesHalf(ZEN_4, limit)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AVX512_CORE_BF16", "AVX512_CORE_AMX", "DEFAULT", "ALL"})
    void limitsAboveBfloat16ChangeNothing(String limit) {
        assertThat(Engine.multipliesHalf(ZEN_4, limit)).isTrue();
    }
}
