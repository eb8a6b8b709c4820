package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the processes this one is, and where they meet.
 *
 * @param rank r, from 0
 * @param size N, 1 or more
 * @param localRank number among those of this machine, from 0: of the GPU it computes on
 * @param host where the first rank, or another program, keeps the meeting point
 * @param port its port
 * @param hosted whether another program keeps it, instead of the first rank
 * @param attempt how often the whole was started before; what an earlier start left there is passed over
 */
public record RankInfo(int rank, int size, int localRank, String host, int port, boolean hosted, int attempt) {
    /** This machine, by the address that no other machine can reach. */
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

    /** One of several processes on this machine; who starts them keeps the meeting point. */
    public static RankInfo onThisMachine(int rank, int size, int port) {
        return new RankInfo(rank, size, rank, LOOPBACK, port, true, 0);
    }

    /**
     * What torchrun, or whoever starts the processes, says in the environment; empty where {@code RANK} and {@code WORLD_SIZE}
     * are not set.
     *
     * @throws DeqaException if a variable is missing beside others, or no number in its range
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

    /** The environment that says this. */
    public Map<String, String> environment() {
        return Map.of(
                RANK, Integer.toString(rank),
                SIZE, Integer.toString(size),
                LOCAL, Integer.toString(localRank),
                HOST, host,
                PORT, Integer.toString(port));
    }

    /** Whether this rank keeps the meeting point. */
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
