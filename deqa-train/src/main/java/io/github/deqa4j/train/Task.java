package io.github.deqa4j.train;

import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.LossMeans;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.PromptedNetwork;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.SampleSet;
import java.util.List;
import java.util.function.Consumer;

/** What a network learns, and from what. */
interface Task {
    /**
     * The task for a network: the one place that knows how training differs between the kinds of networks.
     *
     * @param config whose settings go with this kind
     */
    static Task of(LevelNetwork network, ModelFiles files, TrainingConfig config) {
        return network instanceof PromptedNetwork prompted
                ? new AnswerTask(prompted, config)
                : new AllPairsTask(network, config);
    }

    /**
     * The samples.
     *
     * @param warnings is told what a user should know of the files
     * @throws io.github.deqa4j.DeqaException if one cannot be learnt from
     */
    List<SampleSet> samples(Consumer<String> warnings);

    /**
     * The loss of a batch, in its means.
     *
     * @param batch this process's part, which may be empty
     */
    LossMeans means(LoadedBatch batch);

    /** What becomes of the means. */
    DeqaLoss loss();
}
