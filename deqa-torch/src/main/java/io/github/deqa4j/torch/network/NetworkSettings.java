package io.github.deqa4j.torch.network;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.nn.RandomStream;
import java.util.Optional;

/**
 * How to load a network.
 *
 * @param prompt the question asked for, which only a network that reads text can answer; empty for the usual one
 * @param usualPrompt what a network that reads text is asked where nothing else is
 * @param precision number format of the weights; the small network keeps them in float32 and computes its convolutions in it
 * @param device where to compute
 * @param random where dropout draws its seeds from in training; scoring draws none
 */
public record NetworkSettings(
        Optional<Prompt> prompt, Prompt usualPrompt, Precision precision, Device device, RandomStream random) {}
