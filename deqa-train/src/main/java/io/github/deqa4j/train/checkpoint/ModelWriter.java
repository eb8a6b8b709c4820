package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.checkpoint.ShardWriter;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.Parameter;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes a complete network in the layout that this project and the authors' Python code load: safetensors, in shards if it is
 * large, with the configuration and, if it reads text, the tokenizer of the base.
 */
public final class ModelWriter {
    private final ModelFiles base;
    private final long shardBytes;

    /**
     * A writer.
     *
     * @param base where the configuration and the tokenizer are
     * @param shardBytes bytes of weights in a file, unless a single tensor is larger
     */
    public ModelWriter(ModelFiles base, long shardBytes) {
        this.base = base;
        this.shardBytes = shardBytes;
    }

    /**
     * Writes a directory. If this fails, nothing of it is left.
     *
     * @param record writes further files into it
     * @throws io.github.deqa4j.DeqaException if it cannot be written
     */
    public void write(Path directory, NavigableMap<String, Parameter> parameters, Consumer<Path> record) {
        AtomicDirectory.write(directory, folder -> {
            NetworkArchitecture.of(base).writeCompanions(folder);
            writeWeights(folder, parameters);
            record.accept(folder);
        });
    }

    private void writeWeights(Path folder, NavigableMap<String, Parameter> parameters) {
        Map<String, Tensor> weights = new TreeMap<>();
        parameters.forEach((name, parameter) -> weights.put(name, parameter.value()));
        ShardWriter.write(folder, TensorFile.sources(weights), shardBytes);
    }
}
