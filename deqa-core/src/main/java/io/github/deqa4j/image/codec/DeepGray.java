package io.github.deqa4j.image.codec;

/** What becomes of gray samples of more than eight bits, which only files without colors have. */
public enum DeepGray {
    /** 0 to 255 are kept and larger ones become 255, as in Pillow, whose answer the authors' scores contain. */
    CLIPPED,

    /** The highest eight bits are kept: the image looks as it is meant to look. */
    SCALED
}
