package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.torch.lora.LoraConfig;
import io.github.deqa4j.torch.lora.PeftNames;
import io.github.deqa4j.torch.model.DeqaModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says what a checkpoint is, from its headers alone: no weight is read. */
public final class ModelInspector {
    private ModelInspector() {}

    /**
     * Inspects a full checkpoint, or an adapter on its base.
     *
     * @throws DeqaException if a file is missing or malformed; names that do not fit are part of the report instead
     */
    public static ModelReport inspect(Path model, Optional<Path> base) {
        ModelDirectory files = ModelDirectory.open(model, base, Optional.empty());
        ModelConfig config = ModelConfig.read(files.configFile());
        WeightSource source = ModelLoader.source(files);
        NameCheck check = NameCheck.of(new DeqaModel(config).namedParameters(), source);
        Map<String, Long> byDtype = new TreeMap<>();
        Map<String, Long> byPart = new LinkedHashMap<>();
        long bytes = 0;
        for (String name : source.names()) {
            long elements = elements(source.shape(name));
            bytes += elements * source.dtype(name).bytes();
            byDtype.merge(source.dtype(name).name(), elements, Long::sum);
            byPart.merge(part(name), elements, Long::sum);
        }
        return new ModelReport(
                architecture(config),
                format(files),
                byDtype.values().stream().mapToLong(Long::longValue).sum(),
                source.names().size(),
                bytes,
                byDtype,
                byPart,
                check.missing(),
                check.unknown(),
                check.misshapen());
    }

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static String part(String name) {
        if (name.startsWith("model.vision_model.")) {
            return "vision transformer";
        }
        if (name.startsWith("model.visual_abstractor.")) {
            return "visual abstractor";
        }
        return name.startsWith("lm_head.") ? "head" : "decoder";
    }

    private static String architecture(ModelConfig config) {
        VisionConfig vision = config.vision();
        AbstractorConfig abstractor = config.abstractor();
        DecoderConfig decoder = config.decoder();
        return "mPLUG-Owl2: vision transformer of " + vision.layers() + " layers × " + vision.width() + ", "
                + vision.imageSize() + " px in patches of " + vision.patchSize() + "; abstractor of "
                + abstractor.layers() + " layers, " + abstractor.queries() + " queries; decoder of " + decoder.layers()
                + " layers × " + decoder.width() + ", " + decoder.heads() + " heads, vocabulary "
                + decoder.vocabulary();
    }

    private static String format(ModelDirectory files) {
        if (files.base().isEmpty()) {
            return Checkpoint.open(files.model()).format();
        }
        LoraConfig lora = LoraConfig.read(files.model().resolve(PeftNames.CONFIG_FILE));
        return "LoRA adapter (rank " + lora.rank() + ", scale " + lora.scale() + ") on "
                + Checkpoint.open(files.base().get()).format();
    }
}
