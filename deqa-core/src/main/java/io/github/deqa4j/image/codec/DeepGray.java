package io.github.deqa4j.image.codec;

/**
 * How gray samples of more than eight bits become eight bits. Colors of more than eight bits always keep their high
 * eight bits.
 */
public enum DeepGray {
    /**
     * 0 to 255 are kept and larger values become 255. Pillow does this, and the authors' scores were computed with
     * Pillow.
     */
    CLIPPED,

    /** The high eight bits are kept, so that the image looks as intended. */
    SCALED
}
