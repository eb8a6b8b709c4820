package io.github.deqa4j.torch.distributed;

import java.time.Duration;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/**
 * The NCCL backend, which exchanges tensors in the memory of GPUs. Only the GPU jar of libtorch has it, so it is a class of its
 * own that is not linked without a GPU.
 */
final class NcclBackend {
    private NcclBackend() {}

    static Backend open(Store store, RankInfo info, Duration timeout) {
        try (Milliseconds limit = new Milliseconds(timeout.toMillis())) {
            ProcessGroupNCCL.Options options = ProcessGroupNCCL.Options.create();
            options.timeout(limit);
            return new ProcessGroupNCCL(store, info.rank(), info.size(), options);
        }
    }
}
