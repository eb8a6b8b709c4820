package io.github.deqa4j.image.webp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The long tables of VP8 (RFC 6386), read once from vp8-tables.txt. */
final class Vp8Tables {
    /** Token probabilities: block types × bands × contexts × nodes of the token tree, flat. */
    static final int TOKEN_PROBABILITIES = 4 * 8 * 3 * 11;

    private static final int MODES = 10;
    private static final int MODE_NODES = 9;
    private static final int STEPS = 128;
    private static final Vp8Tables TABLES = new Vp8Tables(numbers());

    private final int[] tokenUpdates;
    private final int[] tokenDefaults;
    private final int[] subblockModes;
    private final int[] dcSteps;
    private final int[] acSteps;

    private Vp8Tables(Iterator<Integer> numbers) {
        this.tokenUpdates = next(numbers, TOKEN_PROBABILITIES);
        this.tokenDefaults = next(numbers, TOKEN_PROBABILITIES);
        this.subblockModes = next(numbers, MODES * MODES * MODE_NODES);
        this.dcSteps = next(numbers, STEPS);
        this.acSteps = next(numbers, STEPS);
    }

    /** Probability that a token probability is not updated by the header. */
    static int tokenUpdate(int i) {
        return TABLES.tokenUpdates[i];
    }

    static int tokenDefault(int i) {
        return TABLES.tokenDefaults[i];
    }

    /** Probability at a node of the tree of subblock modes, given the modes above and to the left. */
    static int subblockMode(int above, int left, int node) {
        return TABLES.subblockModes[(above * MODES + left) * MODE_NODES + node];
    }

    /** Quantizer step of a DC coefficient; indices are clipped to 0…127. */
    static int dcStep(int index) {
        return TABLES.dcSteps[clip(index)];
    }

    /** Quantizer step of an AC coefficient; indices are clipped to 0…127. */
    static int acStep(int index) {
        return TABLES.acSteps[clip(index)];
    }

    private static int clip(int index) {
        return Math.max(0, Math.min(STEPS - 1, index));
    }

    private static int[] next(Iterator<Integer> numbers, int count) {
        int[] table = new int[count];
        for (int i = 0; i < count; i++) {
            table[i] = numbers.next();
        }
        return table;
    }

    private static Iterator<Integer> numbers() {
        try (InputStream in = Objects.requireNonNull(Vp8Tables.class.getResourceAsStream("vp8-tables.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            List<Integer> numbers = text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> List.of(line.split(" ")).stream())
                    .map(Integer::valueOf)
                    .toList();
            return numbers.iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
