package io.github.deqa4j.torch.nn;

/**
 * A random number generator for the seeds of random tensors: SplitMix64 (Steele, Lea and Flood 2014). Its state is a seed, a
 * substream and a position, so that a resumed run draws what an uninterrupted one would. For use by one thread.
 */
public final class RandomStream {
    private static final long GAMMA = 0x9E3779B97F4A7C15L; // 2⁶⁴ divided by the golden ratio
    private static final int SUBSTREAM_BITS = 48; // positions in a substream

    private final long seed;
    private long position;
    private long offset; // of the substream

    public RandomStream(long seed) {
        this.seed = seed;
    }

    /** The seed of the generator. */
    public long seed() {
        return seed;
    }

    /** The number of seeds drawn. */
    public long position() {
        return position;
    }

    /** Sets the position. */
    public void moveTo(long newPosition) {
        position = newPosition;
    }

    /**
     * Changes to another substream, at the same position. The ranks of a process group use one each.
     *
     * @param substream 0 is the first
     */
    public void enter(int substream) {
        offset = (long) substream << SUBSTREAM_BITS;
    }

    /** The next seed. */
    public long next() {
        position++;
        long z = seed + (offset + position) * GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
