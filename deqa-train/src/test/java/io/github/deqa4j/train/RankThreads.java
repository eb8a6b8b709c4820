package io.github.deqa4j.train;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.distributed.C10dProcessGroup;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.distributed.RankInfo;
import io.github.deqa4j.torch.distributed.RankMonitor;
import io.github.deqa4j.torch.distributed.Rendezvous;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Ranks that are threads of this process, joined as processes are. */
final class RankThreads {
    private RankThreads() {}

    /** What each rank's work ended with: its result, or what it threw. */
    static List<Object> run(int size, Function<ProcessGroup, Object> work) {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try (Rendezvous point = Rendezvous.keep(0)) {
            List<Future<Object>> futures = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                RankInfo member = RankInfo.onThisMachine(rank, size, point.port());
                futures.add(threads.submit(() -> {
                    try (ProcessGroup group = new C10dProcessGroup(member, Device.CPU, RankMonitor.NONE)) {
                        return work.apply(group);
                    }
                }));
            }
            return futures.stream().map(RankThreads::ending).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object ending(Future<Object> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
