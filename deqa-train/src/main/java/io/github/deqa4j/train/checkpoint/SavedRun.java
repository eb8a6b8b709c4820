package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.file.Path;
import java.util.NavigableMap;

/**
 * A checkpoint that is whole.
 *
 * @param directory where it is
 * @param state what it says beside its tensors
 */
public record SavedRun(Path directory, CheckpointState state) {
    /** The tensors of one of its files; the caller owns them. */
    public NavigableMap<String, Weight> tensors(TensorGroup group) {
        return TensorFile.read(directory.resolve(group.fileName()));
    }
}
