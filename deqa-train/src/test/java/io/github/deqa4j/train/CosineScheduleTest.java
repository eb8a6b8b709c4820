package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.deqa4j.train.config.ScheduleSettings;
import org.junit.jupiter.api.Test;

class CosineScheduleTest {
    @Test
    void theRateRisesInALineAndFallsAsACosine() {
        CosineSchedule schedule = CosineSchedule.of(10, new ScheduleSettings(1, 0, 1, 1, 0.15, 0, 0));
        assertThat(schedule).isEqualTo(new CosineSchedule(10, 2));
        assertThat(schedule.factor(0)).isZero();
        assertThat(schedule.factor(1)).isEqualTo(0.5);
        assertThat(schedule.factor(2)).isEqualTo(1);
        assertThat(schedule.factor(4)).isEqualTo(0.5 * (1 + Math.sqrt(0.5)), offset(1e-15));
        assertThat(schedule.factor(6)).isEqualTo(0.5, offset(1e-15));
        assertThat(schedule.factor(10)).isEqualTo(0, offset(1e-15));
    }

    @Test
    void withoutWarmUpTheFirstStepHasTheFullRate() {
        assertThat(new CosineSchedule(5, 0).factor(0)).isEqualTo(1);
    }
}
