package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;
import java.time.Duration;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/**
 * A connection to the rendezvous store (a TCPStore of c10d), which holds texts and counters under keys. The ranks find each other
 * through it. One process keeps the store, and every rank connects to it.
 */
public final class Rendezvous implements AutoCloseable {
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final TCPStore store;

    private Rendezvous(TCPStore store) {
        this.store = store;
    }

    /**
     * Keeps a store on this machine.
     *
     * @param port 0 for any free port
     * @throws DeqaException if the port is taken
     */
    public static Rendezvous keep(int port) {
        try {
            return open(RankInfo.LOOPBACK, port, true, Duration.ofMinutes(1));
        } catch (RuntimeException e) {
            throw new DeqaException(
                    "the processes cannot meet at port " + port + " (" + firstLine(e)
                            + "); end what uses it, or set another MASTER_PORT",
                    e);
        }
    }

    /**
     * Connects to a store, and waits for it if need be.
     *
     * @param patience the longest wait
     * @throws DeqaException if the store cannot be reached in time
     */
    static Rendezvous at(String host, int port, Duration patience) {
        try {
            return open(host, port, false, patience);
        } catch (RuntimeException e) {
            throw new DeqaException(
                    "the first rank cannot be reached at " + host + ":" + port + " (" + firstLine(e)
                            + "); start it, and check MASTER_ADDR and MASTER_PORT",
                    e);
        }
    }

    /** The port of the store. */
    public int port() {
        return store.getPort() & UNSIGNED_SHORT;
    }

    /** Adds to a counter, which starts at 0, and returns its new value. */
    long add(String counter, long more) {
        return store.add(counter, more);
    }

    void put(String key, String text) {
        store.set(key, text);
    }

    boolean has(String key) {
        try (StringVector keys = new StringVector(key)) {
            return store.check(keys);
        }
    }

    /** The text under a key that is in the store. */
    String get(String key) {
        return store.get_to_str(key);
    }

    /**
     * Hands this connection to libtorch, with a prefix before each key. libtorch counts its references from zero and frees the
     * connection with the last one. So Java must not free it, and it can be handed over only once.
     */
    Store handOver(String prefix) {
        PrefixStore prefixed = new PrefixStore(prefix, store);
        store.deallocate(false);
        prefixed.deallocate(false);
        return prefixed;
    }

    @Override
    public void close() {
        store.close();
    }

    /** The first line of a message of libtorch, without the source file and line in front of it. */
    static String firstLine(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("").replaceFirst("^\\[\\S+:\\d+] ", "");
    }

    private static Rendezvous open(String host, int port, boolean kept, Duration patience) {
        try (TCPStoreOptions options = new TCPStoreOptions();
                Milliseconds timeout = new Milliseconds(patience.toMillis())) {
            options.port((short) port);
            options.isServer(kept);
            options.waitWorkers(false);
            options.timeout(timeout);
            return new Rendezvous(new TCPStore(host, options));
        }
    }
}
