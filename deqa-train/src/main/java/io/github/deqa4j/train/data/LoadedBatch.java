package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.prepare.Pixels;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A batch with its images.
 *
 * @param batch the batch as the sampler planned it
 * @param items those items of this process's share whose images could be read
 * @param inputs the network's inputs for the samples of these items
 * @param problems why the other items of the share are left out
 */
public record LoadedBatch(
        Batch batch,
        List<TrainingItem> items,
        Map<ImageRequest, List<AugmentedImage<Pixels>>> inputs,
        List<DeqaException> problems) {
    public LoadedBatch {
        items = List.copyOf(items);
        inputs = Map.copyOf(inputs);
        problems = List.copyOf(problems);
    }

    /** The network's inputs for one sample of an item: one, or several for a pristine image. */
    public List<AugmentedImage<Pixels>> inputs(TrainingItem item, Sample sample) {
        return Objects.requireNonNull(inputs.get(item.request(sample)));
    }
}
