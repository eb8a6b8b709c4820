package io.github.deqa4j.torch.model;

import io.github.deqa4j.torch.nn.Rotary;

/**
 * What all layers of the decoder share in one pass.
 *
 * @param rotary the rotations of positions 0 … L−1
 * @param image the positions of the image
 */
record DecoderContext(Rotary rotary, ImageSpan image) {}
