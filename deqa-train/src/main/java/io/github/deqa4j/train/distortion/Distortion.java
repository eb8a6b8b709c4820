package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * One way to make a picture worse. Stateless: any number of threads may share one.
 *
 * <p>The result has the size of the picture, is rounded to eight bits once, and follows from the arguments alone. With
 * the same random numbers, a higher strength is the same defect, only more of it.
 */
interface Distortion {
    /**
     * The picture, made worse.
     *
     * @param picture not changed
     * @param strength above 0 (nothing) up to 1 (severe)
     * @param random where noise, places and directions come from
     */
    RgbImage apply(RgbImage picture, double strength, SplittableRandom random);
}
