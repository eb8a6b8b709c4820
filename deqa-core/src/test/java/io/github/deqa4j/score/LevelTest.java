package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LevelTest {
    @Test
    void levelsRunFromExcellentToBad() {
        assertThat(Level.ALL).containsExactly(Level.EXCELLENT, Level.GOOD, Level.FAIR, Level.POOR, Level.BAD);
        assertThat(Level.ALL).extracting(Level::value).containsExactly(5, 4, 3, 2, 1);
        assertThat(Level.ALL).extracting(Level::word).containsExactly("excellent", "good", "fair", "poor", "bad");
    }

    @Test
    void theSpreadIsNotDividedByTheMass() {
        assertThat(Level.std(level -> level == Level.BAD || level == Level.EXCELLENT ? 0.5 : 0, 3))
                .isEqualTo(2);
        assertThat(Level.std(level -> level == Level.GOOD ? 2 : 0, 2.5)).isEqualTo(Math.sqrt(2 * 1.5 * 1.5));
    }
}
