package io.github.deqa4j.torch.load;

import java.util.List;
import java.util.Map;

/**
 * The description of a checkpoint.
 *
 * @param model its place
 * @param architecture the kind of network and its main sizes, in words
 * @param format the file format of the weights
 * @param parameters number of weights
 * @param tensors number of tensors
 * @param bytes size of the weights on disk
 * @param parametersByDtype number of weights in each number format
 * @param parametersByPart number of weights in each part of the network
 * @param quantizedLayers number of linear layers with weights of 8-bit integers
 * @param keptLayers the linear layers of a quantized network whose weights are not; none of any other network
 * @param missing names the network has and the checkpoint lacks
 * @param unknown names the checkpoint has and the network lacks
 * @param misshapen names both have with different shapes, and those
 */
public record ModelReport(
        String model,
        String architecture,
        String format,
        long parameters,
        int tensors,
        long bytes,
        Map<String, Long> parametersByDtype,
        Map<String, Long> parametersByPart,
        int quantizedLayers,
        List<String> keptLayers,
        List<String> missing,
        List<String> unknown,
        List<String> misshapen) {

    /** Whether every name and shape is as the network has it. */
    public boolean agrees() {
        return missing.isEmpty() && unknown.isEmpty() && misshapen.isEmpty();
    }
}
