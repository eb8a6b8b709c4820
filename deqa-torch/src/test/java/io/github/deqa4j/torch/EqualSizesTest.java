package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.prepare.Pixels;
import java.util.List;
import org.junit.jupiter.api.Test;

class EqualSizesTest {
    private static final Pixels SQUARE = new Pixels(new float[12], 2, 2);
    private static final Pixels WIDE = new Pixels(new float[18], 2, 3);
    private static final Pixels TALL = new Pixels(new float[18], 3, 2);

    @Test
    void onlyEqualSidesGoTogetherAndEveryInputOnce() {
        assertThat(EqualSizes.group(List.of(WIDE, TALL, WIDE, SQUARE, TALL, WIDE)))
                .containsExactly(List.of(0, 2, 5), List.of(1, 4), List.of(3));
        assertThat(EqualSizes.group(List.of())).isEmpty();
    }

    @Test
    void aloneMeansAlone() {
        assertThat(EqualSizes.alone(List.of(WIDE, WIDE, TALL))).containsExactly(List.of(0), List.of(1), List.of(2));
    }
}
