package io.github.deqa4j.spring;

import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scorer of which listeners and the health indicator are told what it does. It passes every call on, so that batches stay
 * batches and prepared images stay prepared.
 *
 * <p>What it inherits of {@link Scorer} decodes and scores by calls of its own, which are observed.
 */
final class ObservedScorer implements Scorer {
    private static final int WARM_UP_SIDE = 256;

    private final String name;
    private final Scorer scorer;
    private final List<ScoringListener> listeners;
    private volatile boolean scored;
    private volatile @Nullable UnusableModelException failure;
    private volatile @Nullable ModelInfo known;

    /**
     * Observes a scorer.
     *
     * @param name name of the bean
     */
    ObservedScorer(String name, Scorer scorer, List<ScoringListener> listeners) {
        this.name = name;
        this.scorer = scorer;
        this.listeners = listeners;
    }

    @Override
    public RgbImage decode(EncodedImage image) {
        return reading(() -> scorer.decode(image));
    }

    @Override
    public RgbImage decode(BufferedImage image) {
        return reading(() -> scorer.decode(image));
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        return scoring(images.size(), () -> scorer.scoreAll(images));
    }

    @Override
    public int batch() {
        return scorer.batch();
    }

    @Override
    public PreparedImage prepare(RgbImage image) {
        return scorer.prepare(image);
    }

    @Override
    public List<QualityScore> scorePrepared(List<PreparedImage> images) {
        return scoring(images.size(), () -> scorer.scorePrepared(images));
    }

    @Override
    public boolean supportsMaps() {
        return scorer.supportsMaps();
    }

    @Override
    public MappedScore scoreWithMap(RgbImage image) {
        return scoring(1, () -> scorer.scoreWithMap(image));
    }

    @Override
    public boolean supportsDetail() {
        return scorer.supportsDetail();
    }

    @Override
    public boolean namesFaults() {
        return scorer.namesFaults();
    }

    @Override
    public boolean keepsScale(RgbImage image) {
        return scorer.keepsScale(image);
    }

    @Override
    public DetailScore scoreDetail(RgbImage image, DetailSettings settings) {
        return scoring(1, () -> scorer.scoreDetail(image, settings));
    }

    @Override
    public QualityScore score(RgbImage image) {
        return scoring(1, () -> scorer.score(image));
    }

    @Override
    public ModelInfo model() {
        ModelInfo model = scorer.model();
        known = model;
        return model;
    }

    @Override
    public void close() {
        scorer.close();
    }

    /** Scores an image, of which listeners are not told, and learns what the model is, which reads all of it. */
    void warmUp() {
        int side = WARM_UP_SIDE;
        noting(() -> scorer.score(new RgbImage(side, side, new byte[3 * side * side])));
        known = scorer.model();
    }

    /** Whether it still scores. Asking for the scores of no images runs no network. */
    boolean isOpen() {
        try {
            scorer.scoreAll(List.of());
            return true;
        } catch (ScorerClosedException e) {
            return false;
        }
    }

    /** Whether it has given a score. */
    boolean hasScored() {
        return scored;
    }

    /** Why it will never give a score, if that has shown. */
    Optional<UnusableModelException> failure() {
        return Optional.ofNullable(failure);
    }

    /** What gives the scores, if somebody has asked; the answer takes no time. */
    Optional<ModelInfo> knownModel() {
        return Optional.ofNullable(known);
    }

    private <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnreadableImageException e) {
            tell(listener -> listener.unreadable(name, e));
            throw e;
        }
    }

    private <T> T scoring(int images, Supplier<T> work) {
        if (images == 0) {
            return work.get();
        }
        long start = System.nanoTime();
        try {
            T scores = noting(work);
            long nanos = System.nanoTime() - start;
            tell(listener -> listener.scored(name, images, nanos));
            return scores;
        } catch (RuntimeException | Error e) {
            long nanos = System.nanoTime() - start;
            tell(listener -> listener.failed(name, e, nanos));
            throw e;
        }
    }

    /** Notes for the health indicator how work ends. */
    private <T> T noting(Supplier<T> work) {
        try {
            T scores = work.get();
            scored = true;
            return scores;
        } catch (UnusableModelException e) {
            failure = e;
            throw e;
        }
    }

    private void tell(Consumer<ScoringListener> event) {
        listeners.forEach(event);
    }
}
