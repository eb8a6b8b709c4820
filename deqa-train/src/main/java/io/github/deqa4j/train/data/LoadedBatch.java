package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A batch with its images.
 *
 * @param batch what was planned
 * @param draws those draws of it, or of this process's share, whose images could be read
 * @param looks the network's inputs for every look of these draws
 * @param problems why other draws are left out
 */
public record LoadedBatch(
        Batch batch,
        List<TrainingItem> draws,
        Map<ImageRequest, List<PreparedImage>> looks,
        List<DeqaException> problems) {
    public LoadedBatch {
        draws = List.copyOf(draws);
        looks = Map.copyOf(looks);
        problems = List.copyOf(problems);
    }

    /** The network's inputs for one of a draw's samples. */
    public List<PreparedImage> shown(TrainingItem draw, Sample sample) {
        return Objects.requireNonNull(looks.get(draw.look(sample)));
    }
}
