package io.github.deqa4j.server;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * A scorer without a network. A file is one letter, and its image one pixel: {@code u} cannot be read, {@code n} gives no score, {@code b}
 * is an error of the scorer, {@code m} needs too much memory, {@code M} more than there can be; any other letter decides the score. Passes wait for permits, if told so.
 */
class FakeScorer implements Scorer {
    /** The letters of each batch that came to the network. */
    final List<String> batches = new CopyOnWriteArrayList<>();

    /** A permit for each batch that may pass. */
    final Semaphore permits = new Semaphore(Integer.MAX_VALUE / 2);

    /** A permit for each batch that came. */
    final Semaphore arrivals = new Semaphore(0);

    private final int batch;
    private volatile boolean closed;

    FakeScorer() {
        this(1);
    }

    FakeScorer(int batch) {
        this.batch = batch;
    }

    /** Lets no batch pass from now on without a permit. */
    FakeScorer blocked() {
        permits.drainPermits();
        return this;
    }

    static EncodedImage image(char letter) {
        return EncodedImage.of(String.valueOf(letter).getBytes(StandardCharsets.US_ASCII), letter + ".png");
    }

    static QualityScore scoreOf(char letter) {
        return new QualityScore(LevelLogits.of(letter / 100.0, 0, 0, 0, 0));
    }

    boolean closed() {
        return closed;
    }

    @Override
    public RgbImage decode(EncodedImage image) {
        byte letter = image.bytes().length == 0 ? (byte) 'u' : image.bytes()[0];
        if (letter == 'u') {
            throw new UnreadableImageException(Reason.UNKNOWN_FORMAT, image.name() + ": no known format");
        }
        if (letter == 'M') {
            throw new UnreadableImageException(Reason.MEMORY, image.name() + ": too much for the heap");
        }
        if (letter == 'm') {
            throw new OutOfMemoryError("made up");
        }
        return new RgbImage(1, 1, new byte[] {letter, 0, 0});
    }

    @Override
    public RgbImage decode(BufferedImage image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        StringBuilder letters = new StringBuilder();
        images.forEach(image -> letters.append((char) image.sample(0, 0, 0)));
        batches.add(letters.toString());
        arrivals.release();
        permits.acquireUninterruptibly();
        return images.stream().map(image -> score((char) image.sample(0, 0, 0))).toList();
    }

    private static QualityScore score(char letter) {
        if (letter == 'n') {
            throw new ScoringException("the network gives no score");
        }
        if (letter == 'b') {
            throw new IllegalStateException("a bug");
        }
        return scoreOf(letter);
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public boolean supportsMaps() {
        return false;
    }

    @Override
    public MappedScore scoreWithMap(RgbImage image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ModelInfo model() {
        return new ModelInfo("fake", "fake", "0".repeat(64), "float32", "none", false, "1");
    }

    @Override
    public void close() {
        closed = true;
    }
}
