package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.time.Duration;
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

/** Ranks that are processes, or threads with a membership each, joined by libtorch's c10d. For one thread. */
public final class C10dProcessGroup implements ProcessGroup {
    private static final Duration JOIN = Duration.ofMinutes(10);
    private static final Duration EXCHANGE =
            Duration.ofMinutes(30); // others may have to wait while a checkpoint is written
    private static final Duration SILENCE = Heartbeat.PERIOD.multipliedBy(6);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String JOINED = "joined/";
    private static final String LEFT = "left/";
    private static final String BEAT = "beat/";
    private static final String CLOSED = "closed";

    private final RankInfo member;
    private final RankMonitor lookout;
    private final @Nullable Rendezvous kept;
    private final Rendezvous point;
    private final Heartbeat heartbeat;
    private final Backend gloo;
    private final @Nullable Backend nccl;
    private boolean failed;

    /**
     * Waits for all other ranks and joins them.
     *
     * @param device where the network is
     * @param lookout who else may know why a rank is gone
     * @throws DeqaException if they do not come, or come twice, or one is lost meanwhile
     */
    public C10dProcessGroup(RankInfo member, Device device, RankMonitor lookout) {
        this.member = member;
        this.lookout = lookout;
        kept = member.keepsStore() ? Rendezvous.keep(member.port()) : null;
        point = connect();
        heartbeat = new Heartbeat(connect(), key(BEAT + member.rank()));
        try {
            meet();
            gloo = Backends.gloo(connect().giveAway(key("gloo")), member, EXCHANGE);
            nccl = device.cuda() ? NcclBackend.open(connect().giveAway(key("nccl")), member, EXCHANGE) : null;
            sum(new double[1]); // nobody goes on, or away, before all are connected
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
        return member.rank();
    }

    @Override
    public int size() {
        return member.size();
    }

    @Override
    public Device placed(Device wish) {
        return wish.cuda() ? new Device(true, member.localRank()) : wish;
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
                point.put(key(LEFT + member.rank()), ProcessGroup.messageOf(reason));
            } catch (RuntimeException e) {
                reason.addSuppressed(e); // nobody is left to be told
            }
        }
    }

    @Override
    public void close() {
        if (!failed) {
            sayFarewell(); // a connection that ends early looks like a loss
        }
        gloo.close(); // ends what others are waiting for
        if (nccl != null) {
            nccl.close();
        }
        leave();
    }

    private void leave() {
        heartbeat.close();
        if (failed) {
            sayFarewell(); // the others must still be able to read why
        }
        point.close();
        if (kept != null) {
            kept.close();
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
        return Rendezvous.at(member.host(), member.port(), JOIN);
    }

    private String key(String name) {
        return "deqa/" + member.attempt() + "/" + name;
    }

    private void meet() {
        if (point.add(key(JOINED + member.rank()), 1) > 1) {
            throw new DeqaException("two processes say that they are rank " + member.rank() + " of " + member.size()
                    + "; give each its own RANK, or another MASTER_PORT if an earlier run is still there");
        }
        boolean all = await(
                JOIN,
                () -> others().allMatch(rank -> point.add(key(JOINED + rank), 0) > 0)
                        || lookout.lost().isPresent());
        lookout.lost().ifPresent(sentence -> {
            throw new DeqaException(sentence);
        });
        if (!all) {
            int missing = others().filter(rank -> point.add(key(JOINED + rank), 0) == 0)
                    .findFirst()
                    .orElse(0);
            throw new DeqaException("rank " + missing + " of " + member.size() + " did not come in " + JOIN.toMinutes()
                    + " minutes; start it, and check its MASTER_ADDR and MASTER_PORT");
        }
    }

    /** Waits until all others end, too, but not for long. */
    private void sayFarewell() {
        try {
            point.add(key(CLOSED), 1);
            if (!failed || kept != null) {
                await(FAREWELL, () -> point.add(key(CLOSED), 0) >= member.size());
            }
        } catch (RuntimeException e) {
            failed = true; // the meeting point is gone, and with it the need to say anything
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
            await(SILENCE, () -> lookout.lost().isPresent() || told().isPresent());
            return lookout.lost()
                    .or(this::told)
                    .or(() -> silent(before))
                    .orElseGet(() -> "rank " + member.rank() + " of " + member.size()
                            + " has lost touch with the others (" + Rendezvous.firstLine(cause) + ")");
        } catch (RuntimeException e) {
            return gone(0);
        }
    }

    /** What a rank said before it left. */
    private Optional<String> told() {
        return others().filter(rank -> point.has(key(LEFT + rank)))
                .mapToObj(rank -> "rank " + rank + ": " + point.get(key(LEFT + rank)))
                .findFirst();
    }

    private Optional<String> silent(long[] before) {
        long[] now = beats();
        return others().filter(rank -> now[rank] == before[rank])
                .mapToObj(this::gone)
                .findFirst();
    }

    private String gone(int rank) {
        return "rank " + rank + " of " + member.size()
                + " is gone without a word (killed, out of memory, or its machine is down), so that all ranks end";
    }

    private long[] beats() {
        return IntStream.range(0, member.size())
                .mapToLong(rank -> point.add(key(BEAT + rank), 0))
                .toArray();
    }

    private IntStream others() {
        return IntStream.range(0, member.size()).filter(rank -> rank != member.rank());
    }

    private static boolean await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }
}
