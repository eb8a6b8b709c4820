package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenIdsTest {
    @Test
    void theImageStandsBetween() {
        assertThat(new TokenIds(new int[] {1, 5}, new int[] {7}).joined()).containsExactly(1, 5, -200, 7);
        assertThat(new TokenIds(new int[] {1, 5}, new int[] {7})).hasToString("[1, 5, -200, 7]");
    }

    @Test
    void arraysAreCopiedBothWays() {
        int[] before = {1, 5};
        int[] after = {7};
        TokenIds ids = new TokenIds(before, after);
        before[0] = 9;
        after[0] = 9;
        ids.before()[1] = 9;
        ids.after()[0] = 9;
        ids.joined()[0] = 9;

        assertThat(ids.before()).containsExactly(1, 5);
        assertThat(ids.after()).containsExactly(7);
        assertThat(ids.joined()).containsExactly(1, 5, -200, 7);
    }

    @Test
    void equalityLooksAtBothSides() {
        TokenIds ids = new TokenIds(new int[] {1, 5}, new int[] {7});

        assertThat(ids)
                .isEqualTo(new TokenIds(new int[] {1, 5}, new int[] {7}))
                .hasSameHashCodeAs(new TokenIds(new int[] {1, 5}, new int[] {7}))
                .isNotEqualTo(new TokenIds(new int[] {1}, new int[] {5, 7}))
                .isNotEqualTo(new TokenIds(new int[] {1, 5}, new int[] {8}))
                .isNotEqualTo("[1, 5, -200, 7]");
    }
}
