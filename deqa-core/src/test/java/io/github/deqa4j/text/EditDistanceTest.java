package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EditDistanceTest {
    @Test
    void lettersAreInsertedRemovedAndReplaced() {
        assertThat(EditDistance.of("kitten", "sitting")).isEqualTo(3);
        assertThat(EditDistance.of("score", "scroe")).isEqualTo(2);
        assertThat(EditDistance.of("", "bad")).isEqualTo(3);
        assertThat(EditDistance.of("fair", "fair")).isZero();
    }
}
