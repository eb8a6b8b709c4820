package io.github.deqa4j.torch.distributed;

import java.util.Optional;

/** Watches the processes of other ranks. The process that started them can do so. */
@FunctionalInterface
public interface RankMonitor {
    /** Watches no process. */
    RankMonitor NONE = Optional::empty;

    /** A sentence on the first rank that ended too early; empty if none is known to have. */
    Optional<String> lost();
}
