package io.github.deqa4j.train;

import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.train.data.LoadedBatch;
import org.bytedeco.pytorch.Tensor;

/** The loss of a batch, of which this process computes its part. */
final class BatchLoss {
    private final Task task;
    private final Block network;
    private final ProcessGroup ranks;

    /**
     * A loss.
     *
     * @param network what learns
     * @param ranks who computes it
     */
    BatchLoss(Task task, Block network, ProcessGroup ranks) {
        this.task = task;
        this.network = network;
        this.ranks = ranks;
    }

    /**
     * The loss of all ranks' draws whose images are there; at least one. Its gradient is that of this rank's part.
     *
     * @param batch this rank's part, which may be empty
     */
    Loss of(LoadedBatch batch) {
        Tensor device = network.namedParameters().firstEntry().getValue().value();
        return task.loss().total(task.means(batch).joined(ranks::sum, device));
    }
}
