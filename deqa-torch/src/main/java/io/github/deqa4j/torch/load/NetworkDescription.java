package io.github.deqa4j.torch.load;

import io.github.deqa4j.torch.nn.Block;
import java.util.function.Function;

/**
 * The structure of a network.
 *
 * @param block its parameters, without weights
 * @param architecture the kind of network and its main sizes, in words
 * @param part the part that a parameter belongs to, by the name of the parameter
 */
public record NetworkDescription(Block block, String architecture, Function<String, NetworkPart> part) {}
