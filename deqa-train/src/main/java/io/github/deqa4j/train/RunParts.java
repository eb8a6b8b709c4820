package io.github.deqa4j.train;

import io.github.deqa4j.torch.distributed.Ranks;
import io.github.deqa4j.train.data.PictureReader;
import io.github.deqa4j.train.data.Sampler;
import java.util.Map;
import java.util.Optional;

/**
 * What a run works with.
 *
 * @param sampler the order of the data
 * @param pictures how pictures are read
 * @param learner the network
 * @param loss what is minimised
 * @param evaluator how the network is tried; empty for not at all
 * @param output where it writes to
 * @param ranks who takes part
 * @param identity what the run is made with, by name
 */
record RunParts(
        Sampler sampler,
        PictureReader pictures,
        Learner learner,
        BatchLoss loss,
        Optional<Evaluator> evaluator,
        RunOutput output,
        Ranks ranks,
        Map<String, String> identity) {}
