package io.github.deqa4j.train.distortion;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.ColorDistortions.ColorCast;
import io.github.deqa4j.train.distortion.ColorDistortions.Saturation;
import io.github.deqa4j.train.distortion.CompressionDistortions.Banding;
import io.github.deqa4j.train.distortion.CompressionDistortions.Jpeg;
import io.github.deqa4j.train.distortion.CompressionDistortions.JpegTwice;
import io.github.deqa4j.train.distortion.CompressionDistortions.Wavelet;
import io.github.deqa4j.train.distortion.LocalDistortions.BlockLoss;
import io.github.deqa4j.train.distortion.LocalDistortions.BlockShift;
import io.github.deqa4j.train.distortion.NoiseDistortions.ColorNoise;
import io.github.deqa4j.train.distortion.NoiseDistortions.ImpulseNoise;
import io.github.deqa4j.train.distortion.NoiseDistortions.SpeckleNoise;
import io.github.deqa4j.train.distortion.NoiseDistortions.WhiteNoise;
import io.github.deqa4j.train.distortion.SharpnessDistortions.Downsampling;
import io.github.deqa4j.train.distortion.SharpnessDistortions.GaussianBlur;
import io.github.deqa4j.train.distortion.SharpnessDistortions.LensBlur;
import io.github.deqa4j.train.distortion.SharpnessDistortions.MotionBlur;
import io.github.deqa4j.train.distortion.SharpnessDistortions.OverSharpening;
import io.github.deqa4j.train.distortion.SharpnessDistortions.Pixelation;
import io.github.deqa4j.train.distortion.ToneDistortions.Contrast;
import io.github.deqa4j.train.distortion.ToneDistortions.Exposure;
import io.github.deqa4j.train.distortion.ToneDistortions.Haze;
import io.github.deqa4j.train.distortion.ToneDistortions.Vignette;
import java.util.SplittableRandom;

/**
 * The ways to make an image worse, in the order in which an image meets them: air, exposure, color, lens, size,
 * sensor, processing, compression, transmission. Where two come together, this order keeps the first from being undone:
 * noise is not blurred away.
 */
public enum DistortionKind {
    HAZE(Family.TONE, new Haze()),
    OVER_EXPOSURE(Family.TONE, Exposure.over()),
    UNDER_EXPOSURE(Family.TONE, Exposure.under()),
    CONTRAST_DOWN(Family.TONE, Contrast.down()),
    CONTRAST_UP(Family.TONE, Contrast.up()),
    VIGNETTE(Family.TONE, new Vignette()),
    SATURATION_DOWN(Family.COLOR, Saturation.down()),
    SATURATION_UP(Family.COLOR, Saturation.up()),
    COLOR_CAST(Family.COLOR, new ColorCast()),
    GAUSSIAN_BLUR(Family.SHARPNESS, new GaussianBlur()),
    MOTION_BLUR(Family.SHARPNESS, new MotionBlur()),
    LENS_BLUR(Family.SHARPNESS, new LensBlur()),
    RESAMPLING(Family.SHARPNESS, new Downsampling()),
    PIXELATION(Family.SHARPNESS, new Pixelation()),
    WHITE_NOISE(Family.NOISE, new WhiteNoise()),
    COLOR_NOISE(Family.NOISE, new ColorNoise()),
    IMPULSE_NOISE(Family.NOISE, new ImpulseNoise()),
    SPECKLE_NOISE(Family.NOISE, new SpeckleNoise()),
    OVER_SHARPENING(Family.SHARPNESS, new OverSharpening()),
    BANDING(Family.COMPRESSION, new Banding()),
    JPEG(Family.COMPRESSION, new Jpeg()),
    JPEG_TWICE(Family.COMPRESSION, new JpegTwice()),
    WAVELET(Family.COMPRESSION, new Wavelet()),
    BLOCK_SHIFT(Family.LOCAL, new BlockShift()),
    BLOCK_LOSS(Family.LOCAL, new BlockLoss());

    private final Family family;

    @SuppressWarnings("ImmutableEnumChecker") // a distortion keeps no state
    private final Distortion distortion;

    DistortionKind(Family family, Distortion distortion) {
        this.family = family;
        this.distortion = distortion;
    }

    /** What suffers. Two kinds of one family may undo each other, two of different families do not. */
    public enum Family {
        TONE,
        COLOR,
        SHARPNESS,
        NOISE,
        COMPRESSION,
        LOCAL
    }

    public Family family() {
        return family;
    }

    /**
     * The image, made worse.
     *
     * @param image not changed
     * @param strength above 0 (nothing) up to 1 (severe); continuous, and a higher one is worse; 0.2, 0.4, 0.6, 0.8 and
     *     1 are roughly even steps, the first of them just visible
     * @param seed gives noise, places and directions; they stay the same when only the strength changes
     * @return an image of the same size, the same for the same arguments
     * @throws DeqaException if the strength is not in its range
     */
    public RgbImage apply(RgbImage image, double strength, long seed) {
        DistortionSequence.Step.requireStrength(strength);
        return distortion.apply(image, strength, new SplittableRandom(seed));
    }
}
