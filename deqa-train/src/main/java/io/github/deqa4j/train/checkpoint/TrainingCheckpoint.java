package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableMap;

/**
 * A complete checkpoint of a run on disk.
 *
 * @param directory its directory
 * @param state the state beside the tensors
 */
public record TrainingCheckpoint(Path directory, TrainState state) {
    /** The files of tensors in a checkpoint. */
    public enum TensorGroup {
        /** The trained weights, by their names in the network. */
        WEIGHTS,
        /** The state of the optimizer. */
        OPTIMIZER,
        /** The averaged weights, if the settings ask for them. */
        AVERAGES;

        String fileName() {
            return name().toLowerCase(Locale.ROOT) + ".safetensors";
        }
    }

    /**
     * Reads one file of tensors. The caller owns them.
     *
     * @throws io.github.deqa4j.DeqaException if the file is missing or damaged
     */
    public NavigableMap<String, Weight> tensors(TensorGroup file) {
        return TensorFile.read(directory.resolve(file.fileName()));
    }
}
