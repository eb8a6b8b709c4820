package io.github.deqa4j.torch.load;

/** The parts of networks, which are counted apart and may be trained at different learning rates. */
public enum NetworkPart {
    /** The vision transformer of mPLUG-Owl2. */
    VISION_TRANSFORMER("vision transformer"),
    /** The visual abstractor of mPLUG-Owl2. */
    VISUAL_ABSTRACTOR("visual abstractor"),
    /** The decoder of mPLUG-Owl2 with its token embeddings. */
    DECODER("decoder"),
    /** The residual trunk of the small network. */
    TRUNK("trunk"),
    /** What gives the logits: the last layer of mPLUG-Owl2, or the perceptron of the small network. */
    HEAD("head");

    private final String words;

    NetworkPart(String words) {
        this.words = words;
    }

    /** The name in reports. */
    @Override
    public String toString() {
        return words;
    }
}
