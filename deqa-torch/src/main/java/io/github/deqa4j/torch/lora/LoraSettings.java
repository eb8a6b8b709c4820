package io.github.deqa4j.torch.lora;

import io.github.deqa4j.DeqaException;
import java.util.List;

/**
 * The adapter that training adds.
 *
 * @param rank r, the inner dimension of the update; 1 or more
 * @param alpha α, its strength; above 0
 * @param dropout share of its inputs set to zero in training, in [0, 1)
 * @param targets names of the layers that get an update, or ends of names that follow a dot
 */
public record LoraSettings(int rank, double alpha, double dropout, List<String> targets) {
    /**
     * Checks the ranges.
     *
     * @throws DeqaException if a value is outside its range
     */
    public LoraSettings {
        targets = List.copyOf(targets);
        require(rank >= 1, "rank", rank, "1 or more");
        require(alpha > 0 && Double.isFinite(alpha), "alpha", alpha, "above 0");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "at least 0 and below 1");
        require(!targets.isEmpty(), "number of targets", 0, "1 or more");
    }

    /** The released flags: r 128, α 256, dropout 0.05, on the queries and the image's values of every decoder layer. */
    public static LoraSettings released() {
        return new LoraSettings(128, 256, 0.05, List.of("self_attn.q_proj", "self_attn.v_proj.multiway.1"));
    }

    /** α/r, the factor of B·A. */
    public double scale() {
        return alpha / rank;
    }

    /** Whether a target names a layer. */
    static boolean names(String target, String layer) {
        return layer.equals(target) || layer.endsWith("." + target);
    }

    private static void require(boolean condition, String name, Number value, String range) {
        if (!condition) {
            throw new DeqaException("LoRA's " + name + " is " + value + "; it must be " + range);
        }
    }
}
