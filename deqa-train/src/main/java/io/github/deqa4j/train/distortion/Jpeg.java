package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/** A JPEG file, written and read. Qualities 62 to 6 in libjpeg's numbers; KADID-10k has 43, 36, 24, 7, 4. */
final class Jpeg implements Distortion {
    private static final Scale TABLES = Scale.ofRatios(0.75, 8);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        return JpegCodec.pass(image, TABLES.at(strength));
    }
}
