package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.cat;

import org.bytedeco.pytorch.Tensor;

/**
 * The positions [start, end) of the image in the input of the decoder. The positions around them are text.
 *
 * @param start tokens of text before the image
 * @param end first position after the image
 */
record ImageSpan(long start, long end) {

    /** No position: all are text. */
    static ImageSpan none() {
        return new ImageSpan(0, 0);
    }

    /** The positions of the image if a single position is looked at: that one or none. */
    ImageSpan at(long position) {
        return position >= start && position < end ? new ImageSpan(0, 1) : none();
    }

    /** Whether all of some positions are text. */
    boolean isEmpty() {
        return start == end;
    }

    /** Whether all of a number of positions are visual. */
    boolean covers(long length) {
        return start == 0 && end == length;
    }

    /** The visual positions: (B, L, …) → (B, end−start, …). */
    Tensor visual(Tensor x) {
        return x.narrow(1, start, end - start);
    }

    /** The positions of text, joined: (B, L, …) → (B, L−(end−start), …). */
    Tensor text(Tensor x) {
        return cat(1, x.narrow(1, 0, start), x.narrow(1, end, x.size(1) - end));
    }

    /** Puts the image back between the text: the inverse of {@link #text} and {@link #visual}. */
    Tensor join(Tensor text, Tensor visual) {
        Tensor before = text.narrow(1, 0, start);
        Tensor after = text.narrow(1, start, text.size(1) - start);
        return cat(1, before, visual, after);
    }
}
