package io.github.deqa4j.torch.quantize;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.EncodedImage;
import java.util.List;

/**
 * How a model is quantized.
 *
 * @param images on which the losses of layers are measured; a few drawn ones if there are none
 * @param largestLoss the largest mean loss of a layer that is quantized, above 0; layers that lose more are kept
 */
public record QuantizerSettings(List<EncodedImage> images, double largestLoss) {
    /**
     * Above what 8 bits lose on inputs without outliers, .01 to .015, and below what the layers with outliers of a trained LLaMA of 15
     * million parameters lose: .024 (v_proj) and .029 (down_proj).
     */
    public static final double LARGEST_LOSS = 0.02;

    /** @throws InvalidSettingException if {@code largestLoss} is not a number above 0 */
    public QuantizerSettings {
        images = List.copyOf(images);
        if (!(largestLoss > 0)) {
            throw new InvalidSettingException(
                    "largest-loss", "the largest loss is " + largestLoss + "; it must be a number above 0");
        }
    }
}
