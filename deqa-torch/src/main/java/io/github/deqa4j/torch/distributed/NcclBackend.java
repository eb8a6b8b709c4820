package io.github.deqa4j.torch.distributed;

import java.time.Duration;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/** NCCL, which only the engine's jar for GPUs has: a class of its own, so that nothing of it is linked without a GPU. */
final class NcclBackend {
    private NcclBackend() {}

    static Backend open(Store store, RankInfo member, Duration timeout) {
        try (Milliseconds limit = new Milliseconds(timeout.toMillis())) {
            ProcessGroupNCCL.Options options = ProcessGroupNCCL.Options.create();
            options.timeout(limit);
            return new ProcessGroupNCCL(store, member.rank(), member.size(), options);
        }
    }
}
