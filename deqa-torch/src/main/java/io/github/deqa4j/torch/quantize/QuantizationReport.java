package io.github.deqa4j.torch.quantize;

import java.util.List;

/**
 * What was quantized, and why the rest was not. It stands beside the weights as {@code quantization.json}.
 *
 * @param images the images on which losses were measured
 * @param largestLoss the largest mean loss of a layer that was quantized
 * @param layers all layers that can be quantized, those that lose most first
 */
public record QuantizationReport(List<String> images, double largestLoss, List<LayerLoss> layers) {
    /** The file beside the weights. */
    public static final String FILE = "quantization.json";

    /** Copies the lists. */
    public QuantizationReport {
        images = List.copyOf(images);
        layers = List.copyOf(layers);
    }

    /**
     * A layer and what it loses.
     *
     * @param layer its dotted name
     * @param meanLoss mean over tokens of ‖y − ŷ‖ / ‖y‖, where y is its output and ŷ that after quantization
     * @param worstLoss the greatest of a token
     * @param kept whether it was not quantized
     */
    public record LayerLoss(String layer, double meanLoss, double worstLoss, boolean kept) {}

    /** The names of the layers that were not quantized because they lose too much, in order. */
    public List<String> kept() {
        return layers.stream()
                .filter(LayerLoss::kept)
                .map(LayerLoss::layer)
                .sorted()
                .toList();
    }
}
