/**
 * Distortions of images, and ladders of them in a known order of quality. Plain Java without tensors.
 *
 * <p>Read {@link io.github.deqa4j.train.distortion.Ladder} first, then {@link
 * io.github.deqa4j.train.distortion.DistortionKind}. The constants of the kinds are for images of about 512 pixels a
 * side, as in KADID-10k (Lin, Hosu, Saupe: "KADID-10k: A Large-scale Artificially Distorted IQA Database", QoMEX 2019),
 * with whose five levels the strengths 0.2, 0.4, 0.6, 0.8 and 1 can be compared.
 */
@NullMarked
package io.github.deqa4j.train.distortion;

import org.jspecify.annotations.NullMarked;
