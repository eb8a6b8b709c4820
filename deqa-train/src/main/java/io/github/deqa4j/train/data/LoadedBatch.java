package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A batch with its pictures.
 *
 * @param batch what was planned
 * @param draws those draws of it, or of this process's share, whose pictures could be read
 * @param pixels the network's input by picture file, [3 × S × S]
 * @param problems why other draws are left out
 */
public record LoadedBatch(Batch batch, List<Draw> draws, Map<Path, float[]> pixels, List<DeqaException> problems) {
    public LoadedBatch {
        draws = List.copyOf(draws);
        pixels = Map.copyOf(pixels);
        problems = List.copyOf(problems);
    }
}
