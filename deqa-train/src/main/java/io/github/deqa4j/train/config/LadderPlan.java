package io.github.deqa4j.train.config;

import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.LadderSettings;
import java.util.List;

/**
 * Pristine images that the network is also trained on: each is compared with worse and worse states of itself.
 *
 * @param list file with the names of the images, one a line; empty for none
 * @param images folder that the names start from
 * @param weight how often each image comes in an epoch; 1 or more
 * @param crop side of the piece that is shown, in pixels
 * @param kinds of distortion to draw from; empty for all
 * @param steps worse states of an image
 * @param levels by how many levels a distortion of full strength is meant to lower the score
 * @param twoKinds the probability of a second kind of distortion
 */
public record LadderPlan(
        String list,
        String images,
        int weight,
        int crop,
        List<DistortionKind> kinds,
        int steps,
        double levels,
        double twoKinds) {
    private static final LadderSettings STANDARD = LadderSettings.standard();
    private static final double ALL_LEVELS = 4;

    /** Checks the ranges. */
    public LadderPlan {
        TrainingConfig.requirePositive(weight, "data.ladders.weight");
        TrainingConfig.requirePositive(crop, "data.ladders.crop");
        TrainingConfig.require(
                levels > 0 && levels <= ALL_LEVELS,
                "data.ladders.levels",
                "is " + levels + "; it must be above 0 and at most 4, from excellent to bad");
        kinds = List.copyOf(kinds);
        settings(kinds, steps, twoKinds);
    }

    static LadderPlan defaults() {
        return new LadderPlan("", "", 1, 224, List.of(), STANDARD.steps(), 2.5, STANDARD.twoKinds());
    }

    /** Whether there are any. */
    public boolean enabled() {
        return !list.isBlank();
    }

    /** How the states are made. */
    public LadderSettings settings() {
        return settings(kinds, steps, twoKinds);
    }

    private static LadderSettings settings(List<DistortionKind> kinds, int steps, double twoKinds) {
        double gap = Math.min(STANDARD.gap(), (STANDARD.strongest() - STANDARD.weakest()) / Math.max(1, steps));
        return new LadderSettings(
                kinds.isEmpty() ? STANDARD.kinds() : kinds,
                steps,
                STANDARD.weakest(),
                STANDARD.strongest(),
                gap,
                twoKinds);
    }
}
