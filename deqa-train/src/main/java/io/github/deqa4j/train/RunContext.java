package io.github.deqa4j.train;

import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.train.config.TrainingConfig;
import java.util.function.BooleanSupplier;

/**
 * How a run was started.
 *
 * @param config the settings
 * @param group the processes that train together
 * @param listener receives the progress on the first rank, and warnings on every rank
 * @param stop asked before every step whether to save a checkpoint and end
 */
record RunContext(TrainingConfig config, ProcessGroup group, TrainingListener listener, BooleanSupplier stop) {}
