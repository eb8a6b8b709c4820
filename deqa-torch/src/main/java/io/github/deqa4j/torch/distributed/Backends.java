package io.github.deqa4j.torch.distributed;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.gloo.Device;

/** The libraries that carry tensors between processes: gloo for the processor's, NCCL for a GPU's. */
final class Backends {
    private static final String INTERFACE = "GLOO_SOCKET_IFNAME";
    private static final int GLOO_THREADS = 2;

    private Backends() {}

    /** Gloo. On one machine it is bound to the address that others cannot reach. */
    static Backend gloo(Store store, RankInfo member, Duration timeout) {
        try (Milliseconds limit = new Milliseconds(timeout.toMillis())) {
            ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(limit);
            options.devices(new GlooDeviceVector(device(member)));
            options.threads(GLOO_THREADS);
            return new ProcessGroupGloo(store, member.rank(), member.size(), options);
        }
    }

    private static Device device(RankInfo member) {
        if (member.host().equals(RankInfo.LOOPBACK) || member.host().equals("localhost")) {
            return ProcessGroupGloo.createDeviceForHostname(RankInfo.LOOPBACK);
        }
        return Optional.ofNullable(System.getenv(INTERFACE))
                .map(ProcessGroupGloo::createDeviceForInterface)
                .orElseGet(ProcessGroupGloo::createDefaultDevice);
    }
}
