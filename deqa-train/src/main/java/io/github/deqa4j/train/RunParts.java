package io.github.deqa4j.train;

import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.train.data.Sampler;
import io.github.deqa4j.train.data.TrainingImageReader;
import java.util.Map;
import java.util.Optional;

/**
 * What a run works with.
 *
 * @param sampler the order of the data
 * @param images how images are read
 * @param learner the network
 * @param loss what is minimized
 * @param evaluator how the network is tried; empty for not at all
 * @param output where it writes to
 * @param ranks who takes part
 * @param identity what the run is made with, by name
 */
record RunParts(
        Sampler sampler,
        TrainingImageReader images,
        Learner learner,
        BatchLoss loss,
        Optional<Evaluator> evaluator,
        RunOutput output,
        ProcessGroup ranks,
        Map<String, String> identity) {}
