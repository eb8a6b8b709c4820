package io.github.deqa4j.train;

import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossMeans;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.SampleSet;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/** The training of one kind of network: its samples and its loss. */
interface Task {
    /**
     * The task for a network.
     *
     * @param files the files of the network
     * @param config settings that fit this kind of network
     */
    static Task of(LevelNetwork network, ModelFiles files, TrainingConfig config) {
        return network.choose(
                prompted -> new TextAnswerTask(prompted, config), compact -> new AllPairsTask(compact, config));
    }

    /**
     * Reads the samples.
     *
     * @param warnings receives a sentence for each oddity of the files
     * @throws io.github.deqa4j.DeqaException if the network cannot be trained on one of them
     */
    List<SampleSet> samples(Consumer<String> warnings);

    /** The loss that is minimized. */
    DeqaLoss loss();

    /**
     * The mean values that the loss of a batch is made of.
     *
     * @param batch this process's share, which may be empty
     */
    LossMeans means(LoadedBatch batch);

    /**
     * The loss of a batch over all processes. Its gradient is that of this process's share.
     *
     * @param batch this process's share, which may be empty; all shares together have at least one item
     * @param group the processes
     * @param device a tensor on the device of the result
     */
    default Loss loss(LoadedBatch batch, ProcessGroup group, Tensor device) {
        return loss().total(means(batch).joined(group::sum, device));
    }
}
