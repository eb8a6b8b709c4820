package io.github.deqa4j.score;

import java.util.List;
import java.util.Locale;

/** What can be wrong with an image, in kinds that people can tell apart. */
public enum FaultKind {
    /** Out of focus, shaken, or enlarged from a smaller image. */
    BLUR,
    /** Pixels that are visibly square. */
    PIXELATION,
    /** Random grain in brightness or color. */
    NOISE,
    /** Halos at edges. */
    OVER_SHARPENING,
    /** Blocks of JPEG compression. */
    JPEG,
    /** Smears and rings of compression by wavelets, as in JPEG 2000. */
    JPEG_2000,
    /** Steps instead of smooth changes of color. */
    BANDING,
    /** Parts of the image that are displaced or missing. */
    BLOCK_LOSS,
    /** Haze, or dark and bright places that are too much alike. */
    LOW_CONTRAST,
    /** Dark and bright places that are too far apart. */
    HIGH_CONTRAST,
    /** Too bright. */
    OVER_EXPOSURE,
    /** Too dark. */
    UNDER_EXPOSURE,
    /** Corners darker than the middle. */
    VIGNETTE,
    /** Little or no color. */
    UNDERSATURATION,
    /** Colors that are too strong. */
    OVERSATURATION,
    /** A wrong white balance. */
    COLOR_CAST;

    /** All kinds, in the order of the file that tells faults. */
    public static final List<FaultKind> ALL = List.of(values());

    /** The name as users read it: {@code blur}, {@code low-contrast}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
