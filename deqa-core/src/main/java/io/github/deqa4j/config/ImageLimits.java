package io.github.deqa4j.config;

import io.github.deqa4j.DeqaException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How large images are when a network sees them at their own scale.
 *
 * @param largestArea pixels at most; images with more are shrunk
 * @param leastSide pixels along a side at least; images with fewer are continued outward. Its square is at most the area
 */
public record ImageLimits(int largestArea, int leastSide) {
    private static final String AREA = "largest_area";
    private static final String SIDE = "least_side";

    /** Keeps the numbers of an image an int; the network would take gigabytes for as much. */
    private static final int MAX_AREA = 1 << 26;

    /** @throws DeqaException if a number is out of its range */
    public ImageLimits {
        if (leastSide < 1 || largestArea > MAX_AREA || (long) leastSide * leastSide > largestArea) {
            throw new DeqaException("images with at least " + leastSide + " pixels along a side and at most "
                    + largestArea + " in all; they must satisfy 1 ≤ side, side² ≤ area ≤ " + MAX_AREA);
        }
    }

    static ImageLimits read(ConfigNode node) {
        int area = node.positiveInt(AREA);
        int side = node.positiveInt(SIDE);
        node.require(area <= MAX_AREA, AREA, "is " + area + "; it must be at most " + MAX_AREA);
        node.require(
                (long) side * side <= area,
                SIDE,
                "is " + side + ", a square of which has more pixels than \"" + AREA + "\" " + area);
        node.refuseOthers(HarmlessKeys::contain);
        return new ImageLimits(area, side);
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(AREA, largestArea);
        tree.put(SIDE, leastSide);
        return tree;
    }
}
