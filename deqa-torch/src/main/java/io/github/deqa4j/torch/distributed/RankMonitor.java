package io.github.deqa4j.torch.distributed;

import java.util.Optional;

/** Someone who sees the processes of other ranks: the one who started them. */
@FunctionalInterface
public interface RankMonitor {
    /** Sees nothing. */
    RankMonitor NONE = Optional::empty;

    /** A sentence on the first rank that ended when it should not have; empty if none is known to have. */
    Optional<String> lost();
}
