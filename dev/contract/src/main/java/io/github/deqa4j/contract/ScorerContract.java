package io.github.deqa4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.testkit.Golden;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Scorer} promises of a scorer on the CPU. The test of an implementation extends this class. */
@Timeout(120) // a scorer that waits for ever fails
public abstract class ScorerContract {
    private static final int THREADS = 4;
    private static final List<RgbImage> IMAGES = List.of(
            image(60, 40, 1), image(40, 60, 2), image(61, 97, 3), image(60, 40, 4), image(7, 5, 5), image(130, 90, 6));

    /** More pixels than a network sees at its own scale. */
    private static final RgbImage LARGE = image(1300, 700, 7);

    private static final DetailSettings FOUR = new DetailSettings(4, 1);

    private Scorer scorer;

    /** A scorer of its own for each test, on the CPU. */
    protected abstract Scorer open(Precision precision, int batch);

    /** Whether the scorer makes maps. */
    protected abstract boolean makesMaps();

    /** Whether the scorer scores images at their own scale. */
    protected abstract boolean scoresDetail();

    /** Whether images go through the network together on this machine, where the batch is above 1. */
    protected abstract boolean scoresTogether();

    @BeforeEach
    void openOne() {
        scorer = open(Precision.FLOAT32, 1);
    }

    @AfterEach
    void closeIt() {
        scorer.close();
    }

    @Test
    void imagesHaveOneScoreAloneAndTogetherInAnyOrder() {
        List<QualityScore> alone = IMAGES.stream().map(scorer::score).toList();
        List<RgbImage> reversed = new ArrayList<>(IMAGES);
        Collections.reverse(reversed);
        List<QualityScore> found = new ArrayList<>(scorer.scoreAll(reversed));
        Collections.reverse(found);

        assertThat(alone).doesNotHaveDuplicates();
        assertThat(scorer.scoreAll(IMAGES)).isEqualTo(alone);
        assertThat(found).isEqualTo(alone);
        assertThat(scorer.scoreAll(List.of(IMAGES.get(0), IMAGES.get(0)))).containsExactly(alone.get(0), alone.get(0));
    }

    @Test
    void moreImagesThanAreHeldAtOnceKeepTheirOrder() {
        List<RgbImage> many = new ArrayList<>();
        List<QualityScore> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(IMAGES.get(i % IMAGES.size()));
            expected.add(scorer.score(many.get(i)));
        }
        assertThat(scorer.scoreAll(many)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BF16"})
    void inABatchAnImageHasOneScoreAtEveryPlaceAndBesideAnyOthers(Precision precision) {
        try (Scorer batches = open(precision, 4)) {
            List<RgbImage> equal = new ArrayList<>();
            for (int seed = 10; seed < 17; seed++) { // one batch and an incomplete one
                equal.add(image(60, 40, seed));
            }
            List<RgbImage> mixed = new ArrayList<>(equal);
            mixed.addAll(IMAGES);
            mixed.addAll(equal.subList(0, 3));
            IdentityHashMap<RgbImage, QualityScore> alone = new IdentityHashMap<>();
            mixed.forEach(image -> alone.put(image, batches.score(image)));

            assertThat(batches.batch()).isEqualTo(scoresTogether() ? 4 : 1);
            assertThat(alone.values()).doesNotHaveDuplicates();
            for (int i = 0; i < mixed.size(); i++) {
                Collections.rotate(equal, 1);
                Collections.rotate(mixed, 1);
                for (List<RgbImage> images : List.of(equal, mixed, mixed.subList(0, 5))) {
                    assertThat(batches.scoreAll(images))
                            .isEqualTo(images.stream().map(alone::get).toList());
                }
            }
            assertThat(batches.scoreAll(List.of())).isEmpty();
        }
    }

    @Test
    void aBatchChangesScoresByRoundingOnly() {
        List<QualityScore> expected = scorer.scoreAll(IMAGES);
        try (Scorer batches = open(Precision.FLOAT32, 4)) {
            List<QualityScore> found = batches.scoreAll(IMAGES);
            for (int i = 0; i < IMAGES.size(); i++) {
                assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5));
            }
        }
    }

    @Test
    void preparedImagesHaveTheScoresOfTheirImages() {
        List<PreparedImage> prepared = IMAGES.stream().map(scorer::prepare).toList();

        assertThat(prepared).extracting(PreparedImage::image).isEqualTo(IMAGES);
        assertThat(scorer.scorePrepared(prepared)).isEqualTo(scorer.scoreAll(IMAGES));
        assertThat(scorer.scorePrepared(List.of(prepared.get(0), () -> IMAGES.get(2), prepared.get(4))))
                .isEqualTo(scorer.scoreAll(List.of(IMAGES.get(0), IMAGES.get(2), IMAGES.get(4))));
    }

    @Test
    void noImagesHaveNoScores() {
        assertThat(scorer.scoreAll(List.of())).isEmpty();
    }

    @Test
    void aScoreIsTheMeanOfItsProbabilities() {
        QualityScore quality = scorer.score(IMAGES.get(0));

        assertThat(quality.score()).isEqualTo(quality.probabilities().mean()).isBetween(1.0, 5.0);
        assertThat(quality.std()).isEqualTo(quality.probabilities().std()).isBetween(0.0, 2.0);
    }

    @Test
    void anImageHasOneScoreHoweverItIsGiven() throws IOException {
        Path file = Golden.mini().resolve("images/s0_97x61.png");
        QualityScore expected = scorer.score(file);
        BufferedImage decoded = ImageIO.read(file.toFile());

        assertThat(scorer.score(EncodedImage.of(Files.readAllBytes(file), "s0")))
                .isEqualTo(expected);
        assertThat(scorer.score(decoded)).isEqualTo(expected);
        assertThat(scorer.score(scorer.decode(EncodedImage.of(file)))).isEqualTo(expected);
        assertThat(scorer.score(scorer.decode(decoded))).isEqualTo(expected);
    }

    @Test
    void whatIsNoImageIsNamed() {
        assertThatThrownBy(() -> scorer.score(EncodedImage.of(new byte[] {1, 2, 3}, "upload")))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageStartingWith("upload: ");
    }

    @Test
    void aMapOfABatchHasTheScoreOfItsImage() {
        if (makesMaps()) {
            try (Scorer batches = open(Precision.FLOAT32, 3)) {
                MappedScore mapped = batches.scoreWithMap(IMAGES.get(5));
                QualityMap expected = scorer.scoreWithMap(IMAGES.get(5)).map();

                assertThat(mapped.quality()).isEqualTo(batches.score(IMAGES.get(5)));
                assertThat(mapped.map().places()).hasSameSizeAs(expected.places());
            }
        }
    }

    @Test
    void aMapHasTheScoreOfItsImage() {
        assertThat(scorer.supportsMaps()).isEqualTo(makesMaps());
        RgbImage image = IMAGES.get(5);
        if (makesMaps()) {
            assertThat(scorer.scoreWithMap(image).quality()).isEqualTo(scorer.score(image));
        } else {
            assertThatThrownBy(() -> scorer.scoreWithMap(image)).isInstanceOf(InvalidSettingException.class);
        }
    }

    @Test
    void aScorerSaysWhetherItSeesImagesAtTheirOwnScale() {
        assertThat(scorer.supportsDetail()).isEqualTo(scoresDetail());
        assertThat(scorer.keepsScale(IMAGES.get(0))).isEqualTo(scoresDetail());
        assertThat(scorer.keepsScale(LARGE)).isFalse();
        if (!scoresDetail()) {
            assertThatThrownBy(() -> scorer.scoreDetail(IMAGES.get(0), FOUR))
                    .isInstanceOfSatisfying(
                            InvalidSettingException.class,
                            e -> assertThat(e.setting()).contains("view"));
        }
    }

    @Test
    void theDetailOfASmallImageIsItsScore() {
        if (scoresDetail()) {
            for (RgbImage image : IMAGES) {
                assertThat(scorer.scoreDetail(image, FOUR)).isEqualTo(DetailScore.ofWhole(image, scorer.score(image)));
            }
        }
    }

    @Test
    void eachTileHasTheScoreOfItsPixels() {
        if (scoresDetail()) {
            DetailScore detail = scorer.scoreDetail(LARGE, FOUR);

            assertThat(detail.tiles()).hasSize(4).doesNotHaveDuplicates().allSatisfy(tile -> {
                assertThat(tile.x()).isBetween(0, LARGE.width() - tile.width());
                assertThat(tile.y()).isBetween(0, LARGE.height() - tile.height());
                assertThat(tile.quality()).isEqualTo(scorer.score(cut(LARGE, tile)));
            });
            assertThat(detail.tiles()).contains(detail.worst());
            assertThat(detail.places()).isGreaterThan(4);
            assertThat(detail.quality().score())
                    .isCloseTo(
                            detail.tiles().stream()
                                    .mapToDouble(tile -> tile.quality().score())
                                    .average()
                                    .orElseThrow(),
                            within(1e-9));
        }
    }

    @Test
    void theSeedDecidesWhichTilesAreScored() {
        if (scoresDetail()) {
            DetailSettings one = new DetailSettings(1, 0);
            DetailScore detail = scorer.scoreDetail(LARGE, one);

            assertThat(scorer.scoreDetail(LARGE, one)).isEqualTo(detail);
            assertThat(LongStream.range(1, 8).mapToObj(seed -> scorer.scoreDetail(LARGE, one.withSeed(seed))))
                    .anyMatch(other -> !other.tiles().equals(detail.tiles()));
        }
    }

    @Test
    void flatTilesCountOnlyWhereThereAreNoOthers() {
        if (scoresDetail()) {
            RgbImage flat = new RgbImage(LARGE.width(), LARGE.height(), new byte[LARGE.samples().length]);
            DetailScore ofFlat = scorer.scoreDetail(flat, FOUR);
            byte[] half = LARGE.samples().clone();
            Arrays.fill(half, 0, half.length * 3 / 4, (byte) 200); // more than a tile is high
            DetailScore ofHalf = scorer.scoreDetail(new RgbImage(LARGE.width(), LARGE.height(), half), FOUR);

            assertThat(ofFlat.tiles()).hasSize(4);
            assertThat(ofFlat.flat()).isEqualTo(ofFlat.places());
            assertThat(ofHalf.flat()).isPositive().isLessThan(ofHalf.places());
            assertThat(ofHalf.tiles()).allMatch(tile -> tile.y() + tile.height() > LARGE.height() * 3 / 4);
        }
    }

    @Test
    void aBatchChangesTheScoresOfTilesByRoundingOnly() {
        if (scoresDetail()) {
            DetailScore expected = scorer.scoreDetail(LARGE, FOUR);
            try (Scorer batches = open(Precision.FLOAT32, 3)) {
                DetailScore detail = batches.scoreDetail(LARGE, FOUR);

                assertThat(detail.quality().score())
                        .isCloseTo(expected.quality().score(), within(1e-5));
                assertThat(detail.tiles())
                        .allSatisfy(tile -> assertThat(tile.quality()).isEqualTo(batches.score(cut(LARGE, tile))));
            }
        }
    }

    @Test
    void manyThreadsHaveTheDetailOfOne() throws Exception {
        if (scoresDetail()) {
            DetailScore expected = scorer.scoreDetail(LARGE, FOUR);

            assertThat(inThreads(() -> scorer.scoreDetail(LARGE, FOUR)))
                    .hasSize(THREADS)
                    .containsOnly(expected);
        }
    }

    @Test
    void theModelIsOneObjectAndNamedAlsoAfterClosing() {
        var model = scorer.model();
        scorer.close();

        assertThat(scorer.model()).isSameAs(model);
    }

    @Test
    void manyThreadsHaveTheScoresOfOne() throws Exception {
        List<QualityScore> expected = scorer.scoreAll(IMAGES);
        CountDownLatch start = new CountDownLatch(THREADS);
        List<List<QualityScore>> found = inThreads(() -> {
            start.countDown();
            start.await();
            return scorer.scoreAll(IMAGES);
        });

        assertThat(found).hasSize(THREADS).containsOnly(expected);
    }

    /** What a scorer is asked for. */
    enum Request {
        SCORE {
            @Override
            Object send(Scorer scorer) {
                return scorer.score(IMAGES.get(0));
            }
        },
        SCORE_ALL {
            @Override
            Object send(Scorer scorer) {
                return scorer.scoreAll(IMAGES);
            }
        },
        SCORE_NOTHING {
            @Override
            Object send(Scorer scorer) {
                return scorer.scoreAll(List.of());
            }
        },
        SCORE_FILE {
            @Override
            Object send(Scorer scorer) {
                return scorer.score(Golden.mini().resolve("images/s0_97x61.png"));
            }
        },
        SCORE_WITH_MAP {
            @Override
            Object send(Scorer scorer) {
                return scorer.scoreWithMap(IMAGES.get(0));
            }
        },
        SCORE_DETAIL {
            @Override
            Object send(Scorer scorer) {
                return scorer.scoreDetail(IMAGES.get(0), FOUR);
            }
        },
        PREPARE {
            @Override
            Object send(Scorer scorer) {
                return scorer.prepare(IMAGES.get(0));
            }
        },
        SCORE_PREPARED_NOTHING {
            @Override
            Object send(Scorer scorer) {
                return scorer.scorePrepared(List.of());
            }
        },
        DECODE {
            @Override
            Object send(Scorer scorer) {
                return scorer.decode(EncodedImage.of(Golden.mini().resolve("images/s0_97x61.png")));
            }
        },
        DECODE_IMAGE {
            @Override
            Object send(Scorer scorer) {
                return scorer.decode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
            }
        };

        abstract Object send(Scorer scorer);
    }

    @ParameterizedTest
    @EnumSource
    void aClosedScorerAnswersWithAnError(Request request) {
        scorer.close();
        assertThatCode(scorer::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> request.send(scorer)).isInstanceOf(ScorerClosedException.class);
    }

    /** Threads score until they are told that the scorer is closed; it is closed when each of them has a score. */
    @Test
    void closingGivesEachThreadAScoreOrTheErrorOfAClosedScorer() throws Exception {
        closeWhileThreadsScore(() -> scorer.scoreAll(IMAGES));
    }

    @Test
    void closingGivesEachThreadADetailOrTheErrorOfAClosedScorer() throws Exception {
        if (scoresDetail()) {
            closeWhileThreadsScore(() -> scorer.scoreDetail(LARGE, FOUR));
        }
    }

    private <T> void closeWhileThreadsScore(Supplier<T> request) throws Exception {
        T expected = request.get();
        CountDownLatch scored = new CountDownLatch(THREADS + 1);
        List<List<T>> found = inThreads(
                () -> {
                    List<T> scores = new ArrayList<>();
                    try {
                        while (true) {
                            scores.add(request.get());
                            if (scores.size() == 1) {
                                scored.countDown();
                            }
                        }
                    } catch (ScorerClosedException e) {
                        return scores;
                    }
                },
                () -> {
                    scored.countDown();
                    scored.await();
                    scorer.close();
                });

        assertThat(found)
                .hasSize(THREADS)
                .allSatisfy(scores -> assertThat(scores).isNotEmpty().containsOnly(expected));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static <T> List<T> inThreads(Callable<T> work) throws Exception {
        return inThreads(work, () -> {});
    }

    /** What several threads return, while this one does something, too. */
    private static <T> List<T> inThreads(Callable<T> work, Action meanwhile) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(work));
            }
            meanwhile.run();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static RgbImage cut(RgbImage image, Tile tile) {
        int row = tile.width() * RgbImage.CHANNELS;
        byte[] samples = new byte[row * tile.height()];
        for (int y = 0; y < tile.height(); y++) {
            int from = ((tile.y() + y) * image.width() + tile.x()) * RgbImage.CHANNELS;
            System.arraycopy(image.samples(), from, samples, y * row, row);
        }
        return new RgbImage(tile.width(), tile.height(), samples);
    }

    private static RgbImage image(int width, int height, int seed) {
        byte[] samples = new byte[width * height * 3];
        new Random(seed).nextBytes(samples);
        return new RgbImage(width, height, samples);
    }
}
