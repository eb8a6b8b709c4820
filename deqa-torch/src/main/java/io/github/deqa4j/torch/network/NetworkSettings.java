package io.github.deqa4j.torch.network;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.nn.RandomStream;
import java.util.Optional;

/**
 * Settings for loading a network.
 *
 * @param prompt the prompt that the user set; only a network that reads text takes one
 * @param usualPrompt the prompt of a network that reads text if the user set none
 * @param precision number format of the weights; the small network keeps float32 weights and computes its convolutions in this format
 * @param device the device to compute on
 * @param random gives dropout its seeds in training; scoring uses none
 */
public record NetworkSettings(
        Optional<Prompt> prompt, Prompt usualPrompt, Precision precision, Device device, RandomStream random) {}
