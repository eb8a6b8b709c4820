package io.github.deqa4j.image;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How a picture becomes the network's input. Three numbers are for red, green and blue.
 *
 * @param resizeSize side of the padded square after resizing, in pixels
 * @param cropSize side of the square cut from its centre, in pixels, at most the resized side
 * @param mean subtracted from samples in [0, 1]
 * @param std what the difference is divided by, above 0
 * @param padding colour around a picture that is not square, 0 to 255
 */
public record PreprocessorConfig(
        int resizeSize, int cropSize, List<Double> mean, List<Double> std, List<Integer> padding) {
    /** Larger squares are surely a mistake: the network reads 448 pixels. */
    private static final int MAX_SIDE = 4096;

    private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
    private static final double[] CLIP_STD = {0.26862954, 0.26130258, 0.27577711};
    private static final int BICUBIC = 3;

    /** @throws DeqaException if a value is out of its range */
    public PreprocessorConfig {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        padding = List.copyOf(padding);
        check(
                cropSize >= 1 && cropSize <= resizeSize && resizeSize <= MAX_SIDE,
                "a crop of " + cropSize + " from " + resizeSize + " pixels; they must satisfy 1 ≤ crop ≤ resized ≤ "
                        + MAX_SIDE);
        check(
                mean.size() == RgbImage.CHANNELS
                        && std.size() == RgbImage.CHANNELS
                        && padding.size() == RgbImage.CHANNELS,
                "mean " + mean + ", std " + std + ", padding " + padding + "; each needs three numbers");
        check(std.stream().allMatch(value -> value > 0), "std " + std + "; it must be above 0");
        check(
                padding.stream().allMatch(value -> value >= 0 && value <= 255),
                "padding " + padding + "; it must be 0 to 255");
    }

    /** The constants of CLIP, which every released checkpoint uses; the padding is (122, 116, 104). */
    public static PreprocessorConfig standard(int side) {
        return of(side, side, CLIP_MEAN, CLIP_STD);
    }

    /**
     * Reads a preprocessor_config.json. Sizes are numbers or objects ({@code height} and {@code width}, or {@code shortest_edge}).
     *
     * @throws InvalidConfigException if a key is missing or asks for what is not supported; the message names file and key
     */
    public static PreprocessorConfig read(Path file) {
        ConfigNode node = ConfigNode.read(file);
        for (String step : List.of("do_resize", "do_center_crop", "do_rescale", "do_normalize", "do_convert_rgb")) {
            node.requireFlag(step, true);
        }
        int resample = node.positiveInt("resample", BICUBIC);
        node.require(
                resample == BICUBIC,
                "resample",
                "is " + resample + "; it must be 3 (bicubic), which alone is supported");
        double rescale = node.positive("rescale_factor", 1 / 255.0);
        node.require(
                Math.abs(rescale * 255 - 1) < 1e-9,
                "rescale_factor",
                "is " + rescale + "; it must be 1/255, which alone is supported");
        int crop = side(node, "crop_size");
        int resize = node.has("size") ? side(node, "size") : crop;
        node.require(resize <= MAX_SIDE, "size", "is " + resize + "; it must be at most " + MAX_SIDE);
        node.require(crop <= resize, "crop_size", "is " + crop + ", more than \"size\" " + resize);
        return of(resize, crop, mean(node), std(node));
    }

    private static PreprocessorConfig of(int resize, int crop, double[] mean, double[] std) {
        return new PreprocessorConfig(resize, crop, list(mean), list(std), padding(mean));
    }

    /** The authors pad with the mean colour, cut (not rounded) to whole numbers. */
    private static List<Integer> padding(double[] mean) {
        return Arrays.stream(mean).mapToObj(value -> (int) (value * 255)).toList();
    }

    private static int side(ConfigNode node, String key) {
        if (!node.isObject(key)) {
            return node.positiveInt(key);
        }
        ConfigNode sides = node.object(key);
        if (sides.has("shortest_edge")) {
            return sides.positiveInt("shortest_edge");
        }
        int height = sides.positiveInt("height");
        int width = sides.positiveInt("width");
        sides.require(
                width == height, "width", "is " + width + ", but \"height\" is " + height + "; they must be equal");
        return height;
    }

    private static double[] mean(ConfigNode node) {
        double[] mean = node.has("image_mean") ? node.numbers("image_mean", RgbImage.CHANNELS) : CLIP_MEAN;
        node.require(
                Arrays.stream(mean).allMatch(value -> value >= 0 && value <= 1),
                "image_mean",
                "is " + Arrays.toString(mean) + "; each number must be from 0 to 1");
        return mean;
    }

    private static double[] std(ConfigNode node) {
        double[] std = node.has("image_std") ? node.numbers("image_std", RgbImage.CHANNELS) : CLIP_STD;
        node.require(
                Arrays.stream(std).allMatch(value -> value > 0),
                "image_std",
                "is " + Arrays.toString(std) + "; each number must be above 0");
        return std;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static void check(boolean condition, String found) {
        if (!condition) {
            throw new DeqaException("preprocessing with " + found);
        }
    }
}
