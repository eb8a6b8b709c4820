package io.github.deqa4j.torch.nn;

/**
 * Seeds for random tensors, one after another. Its whole state is a seed, a stretch and a position, so that a run can go on where
 * another one stopped. For one thread.
 */
public final class RandomStream {
    private static final long STEP = 0x9E3779B97F4A7C15L; // SplitMix64 (Steele et al. 2014)

    private static final int STRETCH_BITS = 48;

    private final long seed;
    private long position;
    private long stretch;

    public RandomStream(long seed) {
        this.seed = seed;
    }

    /** The seed that it began with. */
    public long seed() {
        return seed;
    }

    /** How many have been drawn. */
    public long position() {
        return position;
    }

    /** Goes on, or back, to a position. */
    public void moveTo(long newPosition) {
        position = newPosition;
    }

    /**
     * Goes over to a stretch of its own, at the same position in it: processes that draw beside each other get other seeds.
     *
     * @param newStretch 0 is the one it began in
     */
    public void enter(int newStretch) {
        stretch = (long) newStretch << STRETCH_BITS;
    }

    /** The next seed. */
    public long next() {
        position++;
        long z = seed + (stretch + position) * STEP;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
