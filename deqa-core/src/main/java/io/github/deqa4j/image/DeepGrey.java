package io.github.deqa4j.image;

/** What becomes of grey samples of more than eight bits, which only files without colours have. */
public enum DeepGrey {
    /** 0 to 255 are kept and larger ones become 255, as in Pillow, whose answer the authors' scores contain. */
    CLIPPED,

    /** The highest eight bits are kept: the picture looks as it is meant to look. */
    SCALED
}
