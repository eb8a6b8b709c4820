package io.github.deqa4j.torch.distributed;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.gloo.Device;

/** The gloo backend, which exchanges tensors in the memory of the processor. */
final class GlooBackend {
    private static final String INTERFACE = "GLOO_SOCKET_IFNAME";
    private static final int GLOO_THREADS = 2;

    private GlooBackend() {}

    /** Opens the backend. If all ranks are on one machine, it listens on the loopback address only. */
    static Backend open(Store store, RankInfo info, Duration timeout) {
        try (Milliseconds limit = new Milliseconds(timeout.toMillis())) {
            ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(limit);
            options.devices(new GlooDeviceVector(device(info)));
            options.threads(GLOO_THREADS);
            return new ProcessGroupGloo(store, info.rank(), info.size(), options);
        }
    }

    private static Device device(RankInfo info) {
        if (info.host().equals(RankInfo.LOOPBACK) || info.host().equals("localhost")) {
            return ProcessGroupGloo.createDeviceForHostname(RankInfo.LOOPBACK);
        }
        return Optional.ofNullable(System.getenv(INTERFACE))
                .map(ProcessGroupGloo::createDeviceForInterface)
                .orElseGet(ProcessGroupGloo::createDefaultDevice);
    }
}
