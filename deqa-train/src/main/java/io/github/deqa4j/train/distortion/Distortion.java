package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * One kind of distortion. Stateless: any number of threads may share one.
 *
 * <p>The result has the size of the image, is rounded to eight bits once, and follows from the arguments alone. With
 * the same random numbers, a higher strength is the same defect, only more of it.
 */
interface Distortion {
    /**
     * The image, made worse.
     *
     * @param image not changed
     * @param strength above 0 (nothing) up to 1 (severe)
     * @param random where noise, places and directions come from
     */
    RgbImage apply(RgbImage image, double strength, SplittableRandom random);
}
