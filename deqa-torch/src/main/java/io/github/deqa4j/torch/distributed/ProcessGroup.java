package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.nn.Gradients;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A process group: the processes that train one network together, seen from one of them. Rank r of N takes the r-th part of each
 * batch; rank 0 alone writes files.
 *
 * <p>Every method but {@link #fail} and {@link #close} is a collective operation or safe to be called like one: all ranks must
 * call them in the same order. Collective operations throw {@link LostRankException} if another rank has ended.
 */
public interface ProcessGroup extends AutoCloseable {
    /** The process group of one process. */
    static ProcessGroup alone() {
        return new SingleProcess();
    }

    /** The rank of this process, from 0. */
    int rank();

    /** The world size: the number of ranks. */
    int size();

    /** All-reduce: the sums of values over all ranks, in a new array. Every rank gets the same bits. */
    double[] sum(double[] values);

    /** All-reduce in place: gradients become their sums over all ranks. A rank that lacks one of them adds zeros. */
    void sum(Gradients gradients);

    /** Broadcast in place: the tensor becomes that of rank 0, which has the same shape and number format. */
    void broadcast(Tensor tensor);

    /** Tells the other ranks why this one leaves, if they can still be reached. */
    void fail(Throwable reason);

    @Override
    void close();

    /** Whether this is rank 0, which writes the results. */
    default boolean first() {
        return rank() == 0;
    }

    /** The consecutive elements of a list that this rank takes. Earlier ranks take one more if the list cannot be divided. */
    default <T> List<T> share(List<T> all) {
        return all.subList(start(all.size(), rank()), start(all.size(), rank() + 1));
    }

    /** The device of this rank: on GPUs, the one with the number of its local rank. */
    default Device placed(Device wish) {
        return wish;
    }

    /** All-reduce: the largest value of all ranks. */
    default double max(double value) {
        double[] all = new double[size()];
        all[rank()] = value;
        double largest = Double.NEGATIVE_INFINITY;
        for (double one : sum(all)) {
            largest = Math.max(largest, one);
        }
        return largest;
    }

    /** Broadcast: the values of one rank. The other ranks must give as many values, which are not used. */
    default double[] broadcast(double[] values, int source) {
        return sum(rank() == source ? values : new double[values.length]);
    }

    /** Broadcast: the text of one rank. */
    default String broadcast(String text, int source) {
        byte[] own = text.getBytes(StandardCharsets.UTF_8);
        double[] length = broadcast(new double[] {own.length}, source);
        double[] values = new double[(int) length[0]];
        for (int i = 0; i < Math.min(own.length, values.length); i++) {
            values[i] = own[i];
        }
        values = broadcast(values, source);
        byte[] received = new byte[values.length];
        for (int i = 0; i < received.length; i++) {
            received[i] = (byte) values[i];
        }
        return new String(received, StandardCharsets.UTF_8);
    }

    /**
     * Does work on every rank, with a barrier after it. If the work fails on some ranks, this method fails on all.
     *
     * @throws DeqaException if the work failed; on a rank where it did not, with the message of the first rank where it did
     */
    default <T> T together(Supplier<T> work) {
        T result = null;
        Throwable failure = null;
        try {
            result = work.get();
        } catch (LostRankException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        int failed = firstFailed(failure != null);
        if (failed == size()) {
            return Objects.requireNonNull(result);
        }
        throw failed(failed, failure);
    }

    private int firstFailed(boolean own) {
        return size() - (int) max(own ? size() - rank() : 0);
    }

    private DeqaException failed(int source, @Nullable Throwable own) {
        String message = broadcast(own == null ? "" : messageOf(own), source);
        if (own instanceof Error error) {
            throw error;
        }
        if (own instanceof RuntimeException exception) {
            throw exception;
        }
        return new DeqaException("rank " + source + ": " + message);
    }

    private int start(int length, int rank) {
        return (int) (((long) length * rank + size() - 1) / size());
    }

    /** The message about a failure for the other ranks. */
    static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return failure instanceof DeqaException && message != null ? message : failure.toString();
    }
}
