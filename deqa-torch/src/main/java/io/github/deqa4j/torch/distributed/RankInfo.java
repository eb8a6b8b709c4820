package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;
import java.util.Map;
import java.util.Optional;

/**
 * The place of this process in a process group, and the rendezvous of the group.
 *
 * @param rank r, from 0
 * @param size N, the world size, 1 or more
 * @param localRank number among the ranks of this machine, from 0; also the number of its GPU
 * @param host the machine with the rendezvous store
 * @param port the port of the store
 * @param hosted whether another program keeps the store, such as torchrun; otherwise rank 0 does
 * @param attempt number of earlier starts of the group; entries in the store from earlier starts are ignored
 */
public record RankInfo(int rank, int size, int localRank, String host, int port, boolean hosted, int attempt) {
    /** The loopback address, which no other machine can reach. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int MAX_RANKS = 1 << 15;
    private static final int MAX_PORT = 65535;
    private static final String RANK = "RANK";
    private static final String SIZE = "WORLD_SIZE";
    private static final String LOCAL = "LOCAL_RANK";
    private static final String HOST = "MASTER_ADDR";
    private static final String PORT = "MASTER_PORT";

    /** Checks the ranges. */
    public RankInfo {
        require(size, 1, MAX_RANKS, SIZE);
        require(rank, 0, size - 1, RANK);
        require(localRank, 0, Byte.MAX_VALUE, LOCAL);
        require(port, 1, MAX_PORT, PORT);
    }

    /** A rank of a group on this machine. The process that starts the group keeps the store. */
    public static RankInfo onThisMachine(int rank, int size, int port) {
        return new RankInfo(rank, size, rank, LOOPBACK, port, true, 0);
    }

    /**
     * Reads the environment variables that torchrun sets.
     *
     * @return empty if neither {@code RANK} nor {@code WORLD_SIZE} is set
     * @throws DeqaException if only some of the variables are set, or one is not a number in its range
     */
    public static Optional<RankInfo> of(Map<String, String> environment) {
        if (!environment.containsKey(RANK) && !environment.containsKey(SIZE)) {
            return Optional.empty();
        }
        return Optional.of(new RankInfo(
                number(environment, RANK),
                number(environment, SIZE),
                number(environment, LOCAL),
                text(environment, HOST),
                number(environment, PORT),
                environment.getOrDefault("TORCHELASTIC_USE_AGENT_STORE", "").equals("True"),
                environment.containsKey("TORCHELASTIC_RESTART_COUNT")
                        ? number(environment, "TORCHELASTIC_RESTART_COUNT")
                        : 0));
    }

    /** The environment variables for this rank, as {@link #of} reads them. */
    public Map<String, String> environment() {
        return Map.of(
                RANK, Integer.toString(rank),
                SIZE, Integer.toString(size),
                LOCAL, Integer.toString(localRank),
                HOST, host,
                PORT, Integer.toString(port));
    }

    /** Whether this rank keeps the rendezvous store. */
    boolean keepsStore() {
        return rank == 0 && !hosted;
    }

    private static int number(Map<String, String> environment, String name) {
        String text = text(environment, name);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new DeqaException(
                    "the environment variable " + name + " is \"" + text + "\"; it must be a number", e);
        }
    }

    private static String text(Map<String, String> environment, String name) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            throw new DeqaException("the environment variable " + name + " is not set, but " + RANK + " or " + SIZE
                    + " is; set all of " + String.join(", ", RANK, SIZE, LOCAL, HOST, PORT)
                    + ", as torchrun does, or none");
        }
        return text;
    }

    private static void require(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new DeqaException(
                    "the environment variable " + name + " is " + value + "; it must lie in " + least + " to " + most);
        }
    }
}
