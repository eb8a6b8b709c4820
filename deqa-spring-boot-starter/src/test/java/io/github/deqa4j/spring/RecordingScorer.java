package io.github.deqa4j.spring;

import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A scorer without a network that remembers what it was asked for, and fails as it is told. */
final class RecordingScorer implements Scorer {
    static final QualityScore QUALITY = new QualityScore(new LevelLogits(3, 2, 1, 0, 0));
    static final ModelInfo MODEL =
            new ModelInfo("somewhere", "fake", "0123456789abcdef".repeat(4), "float32", "none", false, "1");

    private final List<String> calls = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private boolean closed;

    /** What it was asked for. */
    List<String> calls() {
        return Collections.unmodifiableList(calls);
    }

    /** Lets every score from now on fail. */
    RecordingScorer failing(RuntimeException e) {
        failure = Optional.of(e);
        return this;
    }

    @Override
    public RgbImage decode(EncodedImage image) {
        calls.add("decode");
        if (image.name().equals("bad")) {
            throw new UnreadableImageException(UnreadableImageException.Reason.DAMAGED, "bad: it is damaged");
        }
        return new RgbImage(2, 1, new byte[6]);
    }

    @Override
    public RgbImage decode(BufferedImage image) {
        calls.add("decode BufferedImage");
        return new RgbImage(image.getWidth(), image.getHeight(), new byte[image.getWidth() * image.getHeight() * 3]);
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        return scores("scoreAll", images.size());
    }

    @Override
    public int batch() {
        return 7;
    }

    @Override
    public PreparedImage prepare(RgbImage image) {
        calls.add("prepare");
        return new Prepared(image);
    }

    /** What only this scorer prepares. */
    record Prepared(RgbImage image) implements PreparedImage {}

    @Override
    public List<QualityScore> scorePrepared(List<PreparedImage> images) {
        boolean mine = images.stream().allMatch(Prepared.class::isInstance);
        return scores(mine ? "scorePrepared" : "scorePrepared of others", images.size());
    }

    @Override
    public boolean supportsMaps() {
        return true;
    }

    @Override
    public MappedScore scoreWithMap(RgbImage image) {
        return new MappedScore(
                scores("scoreWithMap", 1).get(0),
                new QualityMap(8, 8, List.of(new Span(0, 8)), List.of(new Span(0, 8)), List.of(QUALITY)));
    }

    @Override
    public boolean supportsDetail() {
        return true;
    }

    @Override
    public boolean keepsScale(RgbImage image) {
        return true;
    }

    @Override
    public DetailScore scoreDetail(RgbImage image, DetailSettings settings) {
        return DetailScore.ofWhole(image, scores("scoreDetail", 1).get(0));
    }

    @Override
    public ModelInfo model() {
        calls.add("model");
        return MODEL;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public QualityScore score(RgbImage image) {
        return scores("score", 1).get(0);
    }

    private List<QualityScore> scores(String call, int images) {
        calls.add(call + " " + images);
        if (closed) {
            throw new ScorerClosedException("it is closed");
        }
        if (images > 0 && failure.isPresent()) {
            throw failure.get();
        }
        return Collections.nCopies(images, QUALITY);
    }
}
