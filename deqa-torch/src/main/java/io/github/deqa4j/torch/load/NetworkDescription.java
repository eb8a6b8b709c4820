package io.github.deqa4j.torch.load;

import io.github.deqa4j.torch.nn.Block;
import java.util.function.UnaryOperator;

/**
 * What a network is.
 *
 * @param block its parameters, without weights
 * @param architecture the kind of network and its main sizes, in words
 * @param part the part of the network that a parameter belongs to, by its name
 */
public record NetworkDescription(Block block, String architecture, UnaryOperator<String> part) {}
