package io.github.deqa4j.train.distortion;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import java.util.List;

/**
 * How ladders are drawn.
 *
 * @param kinds kinds to choose from, all equally likely; at least one
 * @param steps distorted images of a ladder, besides the pristine one; 1 or more
 * @param weakest the least strength, above 0
 * @param strongest the greatest strength, up to 1
 * @param gap the least difference in strength between neighbors; above 0, and {@code steps} strengths must fit
 * @param twoKinds the probability, 0 to 1, that a second kind comes in, of another family, which rises too
 */
public record LadderSettings(
        List<DistortionKind> kinds, int steps, double weakest, double strongest, double gap, double twoKinds) {
    /** @throws DeqaException naming the first setting out of its range */
    public LadderSettings {
        kinds = List.copyOf(kinds);
        require(!kinds.isEmpty(), "kinds", "is empty; name at least one kind of distortion");
        require(kinds.stream().distinct().count() == kinds.size(), "kinds", "names a kind twice; name each once");
        require(steps >= 1, "steps", "is " + steps + "; it must be 1 or more");
        require(weakest > 0 && weakest <= 1, "weakest", "is " + weakest + "; it must be above 0 and at most 1");
        require(
                strongest >= weakest && strongest <= 1,
                "strongest",
                "is " + strongest + "; it must be from \"weakest\", " + weakest + ", to 1");
        require(gap > 0, "gap", "is " + gap + "; it must be above 0");
        require(
                (steps - 1) * gap <= strongest - weakest,
                "gap",
                "is " + gap + ", too large for " + steps + " strengths from " + weakest + " to " + strongest);
        require(twoKinds >= 0 && twoKinds <= 1, "two_kinds", "is " + twoKinds + "; it must be from 0 to 1");
        require(
                twoKinds == 0
                        || kinds.stream().map(DistortionKind::family).distinct().count() > 1,
                "two_kinds",
                "is " + twoKinds + ", but all kinds are of one family; set it to 0 or name kinds of other families");
    }

    /** Every kind, clean < light < strong, a quarter of the ladders with two kinds. */
    public static LadderSettings standard() {
        return new LadderSettings(Arrays.asList(DistortionKind.values()), 2, 0.2, 1, 0.25, 0.25);
    }

    private static void require(boolean holds, String name, String complaint) {
        if (!holds) {
            throw new DeqaException("\"" + name + "\" of the ladders " + complaint);
        }
    }
}
