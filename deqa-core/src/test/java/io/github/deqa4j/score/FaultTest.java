package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @Test
    void kindsHaveNamesThatPeopleRead() {
        assertThat(FaultKind.values())
                .extracting(FaultKind::toString)
                .startsWith("blur", "pixelation", "noise", "over-sharpening", "jpeg")
                .endsWith("color-cast");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.001, Double.NaN})
    void impossibleStrengthsAreRefused(double strength) {
        assertThatThrownBy(() -> new Fault(FaultKind.BLUR, strength))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the strength of a fault is " + strength + "; it must be above 0 and at most 1");
    }
}
