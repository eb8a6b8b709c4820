package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EditDistanceTest {
    @Test
    void lettersAreInsertedRemovedReplacedAndSwapped() {
        assertThat(EditDistance.of("kitten", "sitting")).isEqualTo(3);
        assertThat(EditDistance.of("score", "scroe")).isEqualTo(1);
        assertThat(EditDistance.of("serve", "sevre")).isEqualTo(1);
        assertThat(EditDistance.of("ca", "abc")).isEqualTo(3);
        assertThat(EditDistance.of("", "bad")).isEqualTo(3);
        assertThat(EditDistance.of("fair", "fair")).isZero();
    }
}
