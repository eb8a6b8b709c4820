package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AllreduceOptions;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.jspecify.annotations.Nullable;

/** A process group of c10d in libtorch. Its ranks are processes, or threads in tests. For use by one thread. */
public final class C10dProcessGroup implements ProcessGroup {
    private static final Duration JOIN = Duration.ofMinutes(10);
    private static final Duration EXCHANGE =
            Duration.ofMinutes(30); // others may have to wait while a checkpoint is written
    private static final Duration SILENCE = Heartbeat.PERIOD.multipliedBy(6);
    private static final Duration LEAVING = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String JOINED = "joined/";
    private static final String LEFT = "left/";
    private static final String BEAT = "beat/";
    private static final String CLOSED = "closed";

    private final RankInfo info;
    private final RankMonitor monitor;
    private final @Nullable Rendezvous server; // on the rank that keeps the store
    private final Rendezvous store;
    private final Heartbeat heartbeat;
    private final Backend gloo;
    private final @Nullable Backend nccl;
    private boolean failed;
    private int gone; // ranks that ended without a word

    /**
     * Joins the group, and waits until all ranks have joined.
     *
     * @param device the device of the network
     * @param monitor may know why a rank has ended
     * @throws DeqaException if a rank does not join in time, joins twice, or ends meanwhile
     */
    public C10dProcessGroup(RankInfo info, Device device, RankMonitor monitor) {
        this.info = info;
        this.monitor = monitor;
        server = info.keepsStore() ? Rendezvous.keep(info.port()) : null;
        store = connect();
        heartbeat = new Heartbeat(connect(), key(BEAT + info.rank()));
        try {
            join();
            gloo = GlooBackend.open(connect().handOver(key("gloo")), info, EXCHANGE);
            nccl = device.cuda() ? NcclBackend.open(connect().handOver(key("nccl")), info, EXCHANGE) : null;
            sum(new double[1]); // a barrier: all are connected before one goes on
        } catch (DeqaException e) {
            leave();
            throw e;
        } catch (RuntimeException e) {
            LostRankException lost = lost(e);
            leave();
            throw lost;
        }
    }

    @Override
    public int rank() {
        return info.rank();
    }

    @Override
    public int size() {
        return info.size();
    }

    @Override
    public Device placed(Device wish) {
        return wish.cuda() ? new Device(true, info.localRank()) : wish;
    }

    @Override
    public double[] sum(double[] values) {
        if (values.length == 0) {
            return values;
        }
        try (NativeScope scope = NativeScope.update()) {
            Tensor x = Tensors.doubles(values);
            sum(x);
            return Tensors.toDoubles(x);
        }
    }

    @Override
    public void sum(Gradients gradients) {
        gradients.exchange(this::sum, this::sum);
    }

    @Override
    public void broadcast(Tensor tensor) {
        try (NativeScope scope = NativeScope.update()) {
            finish(backend(tensor).broadcast(new TensorVector(tensor), new BroadcastOptions()));
        } catch (RuntimeException e) {
            throw lost(e);
        }
    }

    @Override
    public void fail(Throwable reason) {
        failed = true;
        if (!(reason instanceof LostRankException)) {
            try {
                store.put(key(LEFT + info.rank()), ProcessGroup.messageOf(reason));
            } catch (RuntimeException e) {
                reason.addSuppressed(e); // the store is gone
            }
        }
    }

    @Override
    public void close() {
        if (!failed) {
            waitForOthersToLeave(); // a connection that ends early looks like a lost rank
        }
        gloo.close(); // ends the operations that other ranks wait in
        if (nccl != null) {
            nccl.close();
        }
        leave();
    }

    private void leave() {
        heartbeat.close();
        if (failed) {
            waitForOthersToLeave(); // the others must be able to read the reason
        }
        store.close();
        if (server != null) {
            server.close();
        }
    }

    private void sum(Tensor x) {
        try (NativeScope scope = NativeScope.update()) {
            finish(backend(x).allreduce(new TensorVector(x), new AllreduceOptions()));
        } catch (RuntimeException e) {
            throw lost(e);
        }
    }

    private static void finish(Work work) {
        work._wait();
    }

    private Backend backend(Tensor tensor) {
        return tensor.is_cuda() && nccl != null ? nccl : gloo;
    }

    private Rendezvous connect() {
        return Rendezvous.at(info.host(), info.port(), JOIN);
    }

    private String key(String name) {
        return "deqa/" + info.attempt() + "/" + name;
    }

    private void join() {
        if (store.add(key(JOINED + info.rank()), 1) > 1) {
            throw new DeqaException("two processes have rank " + info.rank() + " of " + info.size()
                    + "; give each its own RANK, or another MASTER_PORT if an earlier run is still there");
        }
        boolean all = await(
                JOIN,
                () -> others().allMatch(rank -> store.add(key(JOINED + rank), 0) > 0)
                        || monitor.lost().isPresent());
        monitor.lost().ifPresent(sentence -> {
            throw new DeqaException(sentence);
        });
        if (!all) {
            int missing = others().filter(rank -> store.add(key(JOINED + rank), 0) == 0)
                    .findFirst()
                    .orElse(0);
            throw new DeqaException("rank " + missing + " of " + info.size() + " did not join in " + JOIN.toMinutes()
                    + " minutes; start it, and check its MASTER_ADDR and MASTER_PORT");
        }
    }

    /** Waits for the other ranks to leave, but for those that are known to be gone, at most for ten seconds. */
    private void waitForOthersToLeave() {
        try {
            store.add(key(CLOSED), 1);
            if (!failed || server != null) {
                await(LEAVING, () -> store.add(key(CLOSED), 0) >= info.size() - gone);
            }
        } catch (RuntimeException e) {
            failed = true; // the store is gone
        }
    }

    private LostRankException lost(RuntimeException cause) {
        failed = true;
        if (cause instanceof LostRankException known) {
            return known;
        }
        return new LostRankException(reason(cause), cause);
    }

    private String reason(RuntimeException cause) {
        try {
            long[] before = beats();
            await(SILENCE, () -> monitor.lost().isPresent() || message().isPresent());
            return monitor.lost()
                    .or(this::message)
                    .or(() -> silent(before))
                    .orElseGet(() -> "rank " + info.rank() + " of " + info.size()
                            + " has lost its connection to the others (" + Rendezvous.firstLine(cause) + ")");
        } catch (RuntimeException e) {
            return ended(0);
        }
    }

    /** The message that a rank left in {@link #fail}. */
    private Optional<String> message() {
        return others().filter(rank -> store.has(key(LEFT + rank)))
                .mapToObj(rank -> "rank " + rank + ": " + store.get(key(LEFT + rank)))
                .findFirst();
    }

    private Optional<String> silent(long[] before) {
        long[] now = beats();
        List<Integer> silent =
                others().filter(rank -> now[rank] == before[rank]).boxed().toList();
        gone = silent.size();
        return silent.stream().findFirst().map(this::ended);
    }

    private String ended(int rank) {
        return "rank " + rank + " of " + info.size()
                + " ended without a message (killed, out of memory, or its machine is down), so that all ranks end";
    }

    private long[] beats() {
        return IntStream.range(0, info.size())
                .mapToLong(rank -> store.add(key(BEAT + rank), 0))
                .toArray();
    }

    private IntStream others() {
        return IntStream.range(0, info.size()).filter(rank -> rank != info.rank());
    }

    private static boolean await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }
}
