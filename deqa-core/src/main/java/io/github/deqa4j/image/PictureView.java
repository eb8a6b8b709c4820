package io.github.deqa4j.image;

/**
 * How a network sees pictures. Computed in two steps, so that training can cut a piece out between them. Any number of
 * threads may share one.
 */
public interface PictureView {
    /** What the network sees of a picture, before normalisation. */
    RgbImage seen(RgbImage picture);

    /** The network's input for what it sees. */
    Pixels normalized(RgbImage seen);

    /** How files with grey of more than eight bits are to be read for the network. */
    DeepGrey deepGrey();

    /** The network's input for a picture. */
    default Pixels pixels(RgbImage picture) {
        return normalized(seen(picture));
    }
}
