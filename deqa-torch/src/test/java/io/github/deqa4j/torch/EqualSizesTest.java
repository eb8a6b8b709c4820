package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.prepare.InputSize;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EqualSizesTest {
    private static final InputSize SQUARE = new InputSize(2, 2);
    private static final InputSize WIDE = new InputSize(3, 2);
    private static final InputSize TALL = new InputSize(2, 3);

    @Test
    void onlyEqualSizesGoTogetherAndEveryInputOnce() {
        assertThat(EqualSizes.groups(List.of(WIDE, TALL, WIDE, SQUARE, TALL, WIDE), 3))
                .containsExactly(List.of(0, 2, 5), List.of(1, 4), List.of(3));
        assertThat(EqualSizes.groups(List.of(), 3)).isEmpty();
    }

    @Test
    void noMoreGoTogetherThanAreAllowed() {
        assertThat(EqualSizes.groups(Collections.nCopies(5, WIDE), 2))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
        assertThat(EqualSizes.groups(List.of(WIDE, TALL, WIDE), 1)).containsExactly(List.of(0), List.of(2), List.of(1));
    }
}
