package io.github.deqa4j.torch.loss;

/** The losses of a step that are told apart: their total and what it is made of, each before it is weighted. */
public enum LossPart {
    /** The weighted sum that is minimized. */
    TOTAL("loss"),
    /** Comparison of pairs; 0 for single images. */
    RANK("rank"),
    /** Comparison of an image with worse states of itself; 0 where there are none. */
    LADDER("ladder"),
    /** Next-token cross entropy, summed over the sides. */
    NEXT_TOKEN("next_token"),
    /** Kullback–Leibler divergence from the soft labels, summed over the sides; 0 with one-hot labels. */
    KL("kl"),
    /** In-level loss, summed over the sides. */
    IN_LEVEL("in_level"),
    /** Next-token cross entropy of free text, summed over the sides. */
    DESCRIPTION("description"),
    /** Next token + klWeight·KL of side A, or of single images. */
    SIDE_A("side_a"),
    /** The same of side B; 0 for single images. */
    SIDE_B("side_b");

    private final String column;

    LossPart(String column) {
        this.column = column;
    }

    /** The name of its column in logs. */
    public String column() {
        return column;
    }
}
