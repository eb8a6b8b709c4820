package io.github.deqa4j.train.config;

import io.github.deqa4j.torch.nn.Device;
import io.github.deqa4j.torch.nn.Precision;

/**
 * The network to start from.
 *
 * @param base directory of a full checkpoint
 * @param tokenizer a tokenizer file; empty for the one in the directory or above it
 * @param precision number format of weights and matrix products
 * @param device where to compute: {@code cpu} or {@code cuda:N}
 */
public record ModelSettings(String base, String tokenizer, Precision precision, String device) {
    /** Checks the device's name. */
    public ModelSettings {
        Device.parse(device);
    }

    static ModelSettings defaults() {
        return new ModelSettings("", "", Precision.FLOAT32, "cpu");
    }
}
