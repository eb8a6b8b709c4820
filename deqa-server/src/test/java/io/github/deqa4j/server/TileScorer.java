package io.github.deqa4j.server;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.score.Tile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * A scorer of letters that has tiles of each, too, and tells how far scores of wholes can be relied on, and faults. The tiles of {@code d} give no
 * score, and {@code k} keeps its scale. Tiles wait for permits, if told so, as batches do.
 */
final class TileScorer extends FakeScorer {
    static final Reliability RELIABILITY = new Reliability(new ScoreInterval(1.5, 3.25, 0.8), 1.25);
    static final List<Fault> FAULTS = List.of(new Fault(FaultKind.BLOCK_LOSS, 0.75), new Fault(FaultKind.BLUR, 0.25));

    /** The letters whose tiles came to the network. */
    final List<Character> details = new CopyOnWriteArrayList<>();

    /** The letters that were prepared for a pass of their whole. */
    final List<Character> prepared = new CopyOnWriteArrayList<>();

    /** A permit for each image whose tiles may pass. */
    final Semaphore detailPermits = new Semaphore(Integer.MAX_VALUE / 2);

    /** A permit for each image whose tiles came. */
    final Semaphore detailArrivals = new Semaphore(0);

    TileScorer() {
        this(1);
    }

    TileScorer(int batch) {
        super(batch);
    }

    /** Lets no tiles pass from now on without a permit. */
    TileScorer withoutDetails() {
        detailPermits.drainPermits();
        return this;
    }

    /** Two tiles, of which the second is worse, among six places. */
    static DetailScore detailOf(char letter) {
        return DetailScore.of(
                List.of(new Tile(0, 0, 512, 512, scoreOf(letter)), new Tile(488, 100, 512, 510, scoreOf((char)
                        (letter - 9)))),
                6,
                1);
    }

    @Override
    public PreparedImage prepare(RgbImage image) {
        prepared.add((char) image.sample(0, 0, 0));
        return super.prepare(image);
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        return super.scoreAll(images).stream()
                .map(score -> score.withReliability(RELIABILITY).withFaults(FAULTS))
                .toList();
    }

    @Override
    public boolean supportsDetail() {
        return true;
    }

    @Override
    public boolean namesFaults() {
        return true;
    }

    @Override
    public boolean keepsScale(RgbImage image) {
        return image.sample(0, 0, 0) == 'k';
    }

    @Override
    public DetailScore scoreDetail(RgbImage image, DetailSettings settings) {
        char letter = (char) image.sample(0, 0, 0);
        details.add(letter);
        detailArrivals.release();
        detailPermits.acquireUninterruptibly();
        if (letter == 'd') {
            throw new ScoringException("the network gives no score for a tile");
        }
        return keepsScale(image) ? DetailScore.ofWhole(image, scoreOf(letter)) : detailOf(letter);
    }
}
