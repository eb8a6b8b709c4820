package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.checkpoint.TorchZipWriter;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.lora.LoraSettings;
import io.github.deqa4j.torch.lora.PeftNames;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.Parameter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes a LoRA adapter in PEFT's layout. The weights that were trained in full are written beside it to {@code
 * non_lora_trainables.bin}, a PyTorch file, because the authors' code reads no other format.
 */
public final class AdapterWriter {
    private final ModelFiles base;
    private final LoraSettings settings;

    /** A writer of adapters for a base. */
    public AdapterWriter(ModelFiles base, LoraSettings settings) {
        this.base = base;
        this.settings = settings;
    }

    /**
     * Writes a directory. If this fails, nothing of it is left.
     *
     * @param adapter the pairs A and B, by their names in PEFT's file
     * @param trained all trained weights, by their names in the network; those of adapters are ignored
     * @param record writes further files into it
     * @throws io.github.deqa4j.DeqaException if it cannot be written
     */
    public void write(
            Path directory,
            NavigableMap<String, Parameter> adapter,
            NavigableMap<String, Parameter> trained,
            Consumer<Path> record) {
        Map<String, Tensor> pairs = new TreeMap<>();
        adapter.forEach((name, parameter) -> pairs.put(name, parameter.value()));
        Map<String, Tensor> others = new TreeMap<>();
        trained.forEach((name, parameter) -> {
            if (!PeftNames.isAdapter(name)) {
                others.put(PeftNames.PREFIX + name, parameter.value());
            }
        });
        AtomicDirectory.write(directory, folder -> {
            NetworkArchitecture.of(base).writeCompanions(folder);
            JsonFile.write(folder.resolve(PeftNames.CONFIG_FILE), config(adapter));
            TensorFile.write(folder.resolve(PeftNames.ADAPTER_FILE + ".safetensors"), pairs);
            TorchZipWriter.write(folder.resolve(PeftNames.TRAINED_FILE + ".bin"), TensorFile.sources(others));
            record.accept(folder);
        });
    }

    private Map<String, Object> config(NavigableMap<String, Parameter> adapter) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("peft_type", "LORA");
        config.put("task_type", "CAUSAL_LM");
        config.put("base_model_name_or_path", base.name());
        config.put("r", settings.rank());
        config.put("lora_alpha", settings.alpha());
        config.put("lora_dropout", settings.dropout());
        config.put("bias", "none");
        config.put("fan_in_fan_out", false);
        config.put("modules_to_save", null);
        config.put("target_modules", targets(adapter));
        config.put("inference_mode", true);
        return config;
    }

    private static List<String> targets(NavigableMap<String, Parameter> adapter) {
        return adapter.keySet().stream()
                .filter(name -> name.endsWith(PeftNames.DOWN))
                .map(name -> name.substring(PeftNames.PREFIX.length(), name.length() - PeftNames.DOWN.length()))
                .toList();
    }
}
