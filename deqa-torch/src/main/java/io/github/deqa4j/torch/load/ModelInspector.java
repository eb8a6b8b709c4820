package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.lora.LoraConfig;
import io.github.deqa4j.torch.lora.PeftNames;
import io.github.deqa4j.torch.nn.Block;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Describes a checkpoint by its headers. No weight is read. */
public final class ModelInspector {
    private ModelInspector() {}

    /**
     * Compares a full checkpoint, or an adapter on its base, with the network that its config.json describes.
     *
     * @throws DeqaException if a file is missing or malformed; names that do not fit are part of the report instead
     */
    public static ModelReport inspect(ModelFiles files, NetworkDescription network) {
        WeightSource source = ModelLoader.source(files);
        NameCheck check = NameCheck.of(network.block(), source);
        Map<String, Long> byDtype = new TreeMap<>();
        Map<String, Long> byPart = new LinkedHashMap<>();
        long bytes = 0;
        for (String name : source.names()) {
            long elements = elements(source.shape(name));
            bytes += elements * source.dtype(name).bytes();
            byDtype.merge(source.dtype(name).name(), elements, Long::sum);
            byPart.merge(network.part().apply(name).toString(), elements, Long::sum);
        }
        return new ModelReport(
                files.name(),
                network.architecture(),
                format(files),
                byDtype.values().stream().mapToLong(Long::longValue).sum(),
                source.names().size(),
                bytes,
                byDtype,
                byPart,
                network.block().quantizedLayers().size(),
                kept(network.block()),
                check.missing(),
                check.unknown(),
                check.misshapen());
    }

    /**
     * Checks by the headers of its files that a model has the weights that its config.json describes.
     *
     * @throws DeqaException if a file is missing or malformed, or names or shapes do not fit
     */
    public static void requireFit(ModelFiles files, NetworkDescription network) {
        NameCheck.of(network.block(), ModelLoader.source(files)).require(files.name());
    }

    private static List<String> kept(Block network) {
        Set<String> quantized = network.quantizedLayers();
        return quantized.isEmpty()
                ? List.of()
                : network.linears().keySet().stream()
                        .filter(layer -> !quantized.contains(layer))
                        .toList();
    }

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static String format(ModelFiles files) {
        String format = files.checkpoint().format();
        return files.adapter()
                .map(adapter -> LoraConfig.read(adapter.resolve(PeftNames.CONFIG_FILE)))
                .map(lora -> "LoRA adapter (rank " + lora.rank() + ", scale " + lora.scale() + ") on " + format)
                .orElse(format);
    }
}
