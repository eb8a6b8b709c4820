package io.github.deqa4j.train;

import io.github.deqa4j.train.config.ScheduleSettings;

/**
 * The learning rate schedule: linear warm-up, then half a cosine. After k of N steps, of which W are warm-up, the factor is k/W
 * for k &lt; W and then ½(1 + cos π(k−W)/(N−W)), as in the transformers library.
 *
 * @param total N
 * @param warmup W
 */
public record CosineSchedule(int total, int warmup) {
    static CosineSchedule of(int total, ScheduleSettings settings) {
        return new CosineSchedule(total, (int) Math.ceil(total * settings.warmupRatio()));
    }

    /**
     * The factor of the learning rate for the next step.
     *
     * @param done number of steps before it
     */
    public double factor(int done) {
        if (done < warmup) {
            return (double) done / warmup;
        }
        double progress = (double) (done - warmup) / Math.max(1, total - warmup);
        return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
    }
}
