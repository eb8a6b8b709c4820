package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.awt.image.BufferedImage;
import java.util.List;

/** A scorer without a network. An image is one pixel, of the first bytes of the file; its red sample decides the score. */
class FakeScorer implements Scorer {
    volatile boolean closed;

    @Override
    public RgbImage decode(EncodedImage image) {
        byte[] samples = new byte[3];
        System.arraycopy(image.bytes(), 0, samples, 0, Math.min(samples.length, image.bytes().length));
        return new RgbImage(1, 1, samples);
    }

    @Override
    public RgbImage decode(BufferedImage image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        return images.stream()
                .map(image -> new QualityScore(LevelLogits.of(image.sample(0, 0, 0), 0, 0, 0, 0)))
                .toList();
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
