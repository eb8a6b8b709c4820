package io.github.deqa4j.train.config;

/**
 * How long the network is trained, and how the learning rate changes.
 *
 * @param epochs how often every image comes; decides unless {@code max_steps} does
 * @param maxSteps steps of the whole run; 0 leaves it to the epochs
 * @param batchSize pairs, or single images, in one pass through the network
 * @param accumulation passes whose gradients make one step
 * @param warmupRatio share of the steps in which the learning rate rises, in [0, 1]; it then falls as a cosine
 * @param patience evaluations without a better one after which the run ends; 0 never ends it
 * @param seed what every random choice follows from
 */
public record ScheduleSettings(
        int epochs, int maxSteps, int batchSize, int accumulation, double warmupRatio, int patience, long seed) {
    /** Checks the ranges. */
    public ScheduleSettings {
        TrainingConfig.requirePositive(epochs, "schedule.epochs");
        TrainingConfig.requireNotNegative(maxSteps, "schedule.max_steps");
        TrainingConfig.requirePositive(batchSize, "schedule.batch_size");
        TrainingConfig.requirePositive(accumulation, "schedule.accumulation");
        TrainingConfig.require(
                (long) batchSize * accumulation <= Integer.MAX_VALUE,
                "schedule.accumulation",
                "is " + accumulation + ", times schedule.batch_size " + batchSize
                        + ": more images than a step can have; make either smaller");
        TrainingConfig.require(
                warmupRatio >= 0 && warmupRatio <= 1,
                "schedule.warmup_ratio",
                "is " + warmupRatio + "; it must lie in [0, 1]");
        TrainingConfig.requireNotNegative(patience, "schedule.patience");
    }

    static ScheduleSettings released() {
        return new ScheduleSettings(3, 0, 16, 1, 0.03, 0, 131);
    }

    static ScheduleSettings compact() {
        return new ScheduleSettings(10, 0, 16, 1, 0.05, 0, 131);
    }
}
