package io.github.deqa4j.train.compact;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the small network for shipping: every weight is rounded to float16, which halves the size. */
public final class CompactPack {
    private CompactPack() {}

    /**
     * Writes {@code config.json} and {@code model.safetensors}, whole or not at all.
     *
     * @param files a full checkpoint of the small network, in any number format
     * @param directory where to; it does not exist or is empty
     * @throws io.github.deqa4j.DeqaException if the checkpoint is of another network, does not fit its configuration or holds a number that
     *     float16 cannot, or the directory cannot be written
     */
    public static void write(ModelFiles files, Path directory) {
        OutputFolder.requireNew(directory);
        CompactConfig config = CompactConfig.read(files.config());
        ModelInspector.requireFit(files, NetworkArchitecture.of(files).description());
        Map<String, TensorSource> weights = new TreeMap<>();
        files.checkpoint().tensors().forEach((name, tensor) -> weights.put(name, TensorSource.halfOf(tensor)));
        AtomicDirectory.write(directory.toAbsolutePath().normalize(), folder -> {
            config.write(folder.resolve(ModelFiles.CONFIG));
            SafetensorsWriter.write(folder.resolve(Checkpoint.SAFETENSORS), weights);
        });
    }
}
