package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A batch with its pictures.
 *
 * @param batch what was planned
 * @param draws those draws of it, or of this process's share, whose pictures could be read
 * @param looks the network's inputs for every look of these draws
 * @param problems why other draws are left out
 */
public record LoadedBatch(Batch batch, List<Draw> draws, Map<Look, List<Shown>> looks, List<DeqaException> problems) {
    public LoadedBatch {
        draws = List.copyOf(draws);
        looks = Map.copyOf(looks);
        problems = List.copyOf(problems);
    }

    /** The network's inputs for one of a draw's samples. */
    public List<Shown> shown(Draw draw, Sample sample) {
        return Objects.requireNonNull(looks.get(draw.look(sample)));
    }
}
