package io.github.deqa4j.image.prepare;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.InvalidConfigException;
import io.github.deqa4j.image.RgbImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How an image becomes a square that the network reads.
 *
 * @param resizeSize side of the padded square after resizing, in pixels
 * @param cropSize side of the square cut from its center, in pixels, at most the resized side
 * @param colors how samples are normalized
 * @param padding color around an image that is not square: red, green and blue, 0 to 255
 */
public record PreprocessorConfig(int resizeSize, int cropSize, ColorNormalization colors, List<Integer> padding) {
    /** A sanity limit: the network reads 448 pixels. */
    private static final int MAX_SIDE = 4096;

    private static final int BICUBIC = 3;

    private static final Set<String> HARMLESS = Set.of(
            "crop_size", // ignored where nothing is cropped
            "data_format",
            "default_to_square",
            "device",
            "disable_grouping",
            "do_convert_rgb",
            "feature_extractor_type",
            "image_processor_type",
            "input_data_format",
            "processor_class",
            "return_tensors");

    /** @throws DeqaException if a value is out of its range */
    public PreprocessorConfig {
        padding = List.copyOf(padding);
        check(
                cropSize >= 1 && cropSize <= resizeSize && resizeSize <= MAX_SIDE,
                "a crop of " + cropSize + " from " + resizeSize + " pixels; they must satisfy 1 ≤ crop ≤ resized ≤ "
                        + MAX_SIDE);
        check(
                padding.size() == RgbImage.CHANNELS && padding.stream().allMatch(value -> value >= 0 && value <= 255),
                "padding " + padding + "; it must be three numbers from 0 to 255");
    }

    /** The constants of CLIP, which every released checkpoint uses; the padding is (122, 116, 104). */
    public static PreprocessorConfig standard(int side) {
        return of(side, side, ColorNormalization.CLIP);
    }

    /**
     * Reads a preprocessor_config.json.
     *
     * @throws InvalidConfigException if the file is missing or malformed, or as {@link #read(ConfigNode)} says
     */
    public static PreprocessorConfig read(Path file) {
        return read(ConfigNode.read(file));
    }

    /**
     * Reads the object in a preprocessor_config.json. Sizes are numbers or objects ({@code height} and {@code width}, or {@code shortest_edge}).
     *
     * @throws InvalidConfigException if a key is missing or asks for what is not supported; the message names file and key
     */
    public static PreprocessorConfig read(ConfigNode node) {
        for (String step : List.of("do_resize", "do_rescale", "do_normalize")) {
            node.requireFlag(step, true);
        }
        node.requireNothing("do_pad");
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
        int resize = side(node, "size");
        int crop = node.flag("do_center_crop", true) ? side(node, "crop_size") : resize;
        node.require(resize <= MAX_SIDE, "size", "is " + resize + "; it must be at most " + MAX_SIDE);
        node.require(crop <= resize, "crop_size", "is " + crop + ", more than \"size\" " + resize);
        PreprocessorConfig config = of(resize, crop, ColorNormalization.readOrClip(node));
        node.refuseOthers(PreprocessorConfig::isHarmless);
        return config;
    }

    /**
     * Names of Python classes, and settings for images that are not RGB or not square. Images here are RGB and square.
     */
    private static boolean isHarmless(String key) {
        return HARMLESS.contains(key) || key.startsWith("_");
    }

    private static PreprocessorConfig of(int resize, int crop, ColorNormalization colors) {
        return new PreprocessorConfig(resize, crop, colors, padding(colors.mean()));
    }

    /** The authors pad with the mean color, cut (not rounded) to whole numbers. */
    private static List<Integer> padding(List<Double> mean) {
        return mean.stream().map(value -> (int) (value * 255)).toList();
    }

    private static int side(ConfigNode node, String key) {
        if (!node.isObject(key)) {
            return node.positiveInt(key);
        }
        ConfigNode sides = node.object(key);
        int side = sides.has("shortest_edge") ? sides.positiveInt("shortest_edge") : equalSides(sides);
        sides.refuseOthers(other -> false);
        return side;
    }

    private static int equalSides(ConfigNode sides) {
        int height = sides.positiveInt("height");
        int width = sides.positiveInt("width");
        sides.require(
                width == height, "width", "is " + width + ", but \"height\" is " + height + "; they must be equal");
        return height;
    }

    private static void check(boolean condition, String found) {
        if (!condition) {
            throw new DeqaException("preprocessing with " + found);
        }
    }
}
