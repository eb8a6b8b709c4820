package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;
import java.time.Duration;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/** The table of words and counters through which ranks find each other; one of them keeps it, and all have connections to it. */
public final class Rendezvous implements AutoCloseable {
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final TCPStore store;

    private Rendezvous(TCPStore store) {
        this.store = store;
    }

    /**
     * Keeps a table on this machine.
     *
     * @param port 0 for any that is free
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
     * Connects to a table, as soon as it is there.
     *
     * @throws DeqaException if it is not in time
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

    /** The port it is kept at. */
    public int port() {
        return store.getPort() & UNSIGNED_SHORT;
    }

    /** Adds to a counter, which begins at 0, and gives its new value. */
    long add(String counter, long more) {
        return store.add(counter, more);
    }

    void put(String word, String text) {
        store.set(word, text);
    }

    boolean has(String word) {
        try (StringVector words = new StringVector(word)) {
            return store.check(words);
        }
    }

    /** The text of a word that is there. */
    String get(String word) {
        return store.get_to_str(word);
    }

    /**
     * Gives this connection away, with a prefix before each word. The engine counts references to what it is given from zero, and
     * frees it with the last one; so nothing here may free it, too, and it can be given away only once.
     */
    Store giveAway(String prefix) {
        PrefixStore given = new PrefixStore(prefix, store);
        store.deallocate(false);
        given.deallocate(false);
        return given;
    }

    @Override
    public void close() {
        store.close();
    }

    /** The first line of the engine's message, without where in its source it came from. */
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
