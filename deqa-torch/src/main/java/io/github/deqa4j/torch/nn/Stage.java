package io.github.deqa4j.torch.nn;

import java.util.Locale;

/** The parts of a score's time, in their order. A network goes through its own part of them. */
public enum Stage {
    /** Reading an image file to pixels. */
    DECODE,
    /** Resizing and normalizing. */
    PREPARE,
    /** The vision transformer of mPLUG-Owl2. */
    VISION,
    /** The visual abstractor of mPLUG-Owl2. */
    ABSTRACTOR,
    /** The language model of mPLUG-Owl2. */
    DECODER,
    /** The residual trunk of the small network. */
    TRUNK,
    /** What gives the five logits. */
    HEAD;

    /** The name in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
