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
 * The processes that train one network together, seen from one of them. Rank r of N, from 0, takes the r-th part of each batch;
 * the first one alone writes files. Every method but {@link #fail} and {@link #close} must be called by all of them, in one
 * order; each throws {@link LostRankException} where another rank is no longer there.
 */
public interface ProcessGroup extends AutoCloseable {
    /** A process by itself. */
    static ProcessGroup alone() {
        return new SingleProcess();
    }

    /** Number of this one, from 0. */
    int rank();

    /** How many there are. */
    int size();

    /** The sums of values over all ranks, in a new array; the same to the last bit on each. */
    double[] sum(double[] values);

    /** Replaces gradients by their sums over all ranks; one that only some ranks have is zero on the others. */
    void sum(Gradients gradients);

    /** Replaces a tensor by that of the first rank; its shape and number format are the same on each. */
    void broadcast(Tensor tensor);

    /** Tells the other ranks, if they can still be told, why this one leaves. */
    void fail(Throwable reason);

    @Override
    void close();

    /** Whether this rank writes what the run gives. */
    default boolean first() {
        return rank() == 0;
    }

    /** This rank's part of a list: neighbors, the earlier ranks having one more where the list cannot be divided. */
    default <T> List<T> share(List<T> all) {
        return all.subList(start(all.size(), rank()), start(all.size(), rank() + 1));
    }

    /** Where this rank computes: with GPUs, each rank of a machine on its own. */
    default Device placed(Device wish) {
        return wish;
    }

    /** The largest of the ranks' values. */
    default double max(double value) {
        double[] all = new double[size()];
        all[rank()] = value;
        double largest = Double.NEGATIVE_INFINITY;
        for (double one : sum(all)) {
            largest = Math.max(largest, one);
        }
        return largest;
    }

    /** The values of one rank; the others' count only by their number, which must be the same. */
    default double[] broadcast(double[] values, int source) {
        return sum(rank() == source ? values : new double[values.length]);
    }

    /** The text of one rank. */
    default String broadcast(String text, int source) {
        byte[] own = text.getBytes(StandardCharsets.UTF_8);
        double[] length = broadcast(new double[] {own.length}, source);
        double[] values = new double[(int) length[0]];
        for (int i = 0; i < Math.min(own.length, values.length); i++) {
            values[i] = own[i];
        }
        values = broadcast(values, source);
        byte[] told = new byte[values.length];
        for (int i = 0; i < told.length; i++) {
            told[i] = (byte) values[i];
        }
        return new String(told, StandardCharsets.UTF_8);
    }

    /**
     * Does something on every rank that may fail on some; it fails on all of them, or on none.
     *
     * @throws DeqaException if it did; where it did not fail on this rank itself, with the message of the first on which it did
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

    /** What is said of a failure to the other ranks. */
    static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return failure instanceof DeqaException && message != null ? message : failure.toString();
    }
}
