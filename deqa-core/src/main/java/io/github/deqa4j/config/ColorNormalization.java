package io.github.deqa4j.config;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How samples become the numbers that a network reads: (v/255 − mean)/std, for red, green and blue each.
 *
 * @param mean in [0, 1]
 * @param std above 0
 */
public record ColorNormalization(List<Double> mean, List<Double> std) {
    /** The constants of CLIP, which every released checkpoint uses. */
    public static final ColorNormalization CLIP = new ColorNormalization(
            List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

    private static final String MEAN = "image_mean";
    private static final String STD = "image_std";
    private static final int CHANNELS = 3;

    /** @throws DeqaException if there are not three numbers each, or one is out of its range */
    public ColorNormalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != CHANNELS || std.size() != CHANNELS) {
            throw new DeqaException("colors with mean " + mean + " and std " + std + "; each needs three numbers");
        }
        if (!allMeans(mean) || !allStds(std)) {
            throw new DeqaException(
                    "colors with mean " + mean + " and std " + std + "; a mean must be from 0 to 1, a std above 0");
        }
    }

    /**
     * Reads {@code image_mean} and {@code image_std}.
     *
     * @throws InvalidConfigException if one is missing or impossible
     */
    public static ColorNormalization read(ConfigNode node) {
        List<Double> mean = list(node.numbers(MEAN, CHANNELS));
        List<Double> std = list(node.numbers(STD, CHANNELS));
        return checked(node, mean, std);
    }

    /** As {@link #read(ConfigNode)}; {@link #CLIP}'s numbers stand for those that are absent. */
    public static ColorNormalization readOrClip(ConfigNode node) {
        List<Double> mean = node.has(MEAN) ? list(node.numbers(MEAN, CHANNELS)) : CLIP.mean;
        List<Double> std = node.has(STD) ? list(node.numbers(STD, CHANNELS)) : CLIP.std;
        return checked(node, mean, std);
    }

    private static ColorNormalization checked(ConfigNode node, List<Double> mean, List<Double> std) {
        node.require(allMeans(mean), MEAN, "is " + mean + "; each number must be from 0 to 1");
        node.require(allStds(std), STD, "is " + std + "; each number must be above 0");
        return new ColorNormalization(mean, std);
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(MEAN, mean);
        tree.put(STD, std);
        return tree;
    }

    private static boolean allMeans(List<Double> mean) {
        return mean.stream().allMatch(value -> value >= 0 && value <= 1);
    }

    private static boolean allStds(List<Double> std) {
        return std.stream().allMatch(value -> value > 0);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
