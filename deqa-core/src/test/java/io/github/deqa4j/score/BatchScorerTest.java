package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchScorerTest {
    private static final int TOO_WIDE = 13;
    private static final int OUT_OF_MEMORY_ONCE = 17;
    private static final int OUT_OF_MEMORY = 19;

    /** Images from this width on are not seen at their own scale. */
    private static final int LARGE = 101;

    private static final int TOO_LARGE = 102;
    private static final int PLACES = 30;

    private final List<String> outcomes = new ArrayList<>();
    private final WidthScorer scorer = new WidthScorer();

    @Test
    void outcomesKeepTheOrderWhateverTheBatch() {
        for (int batch = 1; batch <= 6; batch++) {
            outcomes.clear();
            run(BatchOptions.defaults().withBatchSize(batch), List.of(1, 2, 3, 4, 5));
            assertThat(outcomes).as("batch %d", batch).containsExactly("1=1", "2=2", "3=3", "4=4", "5=5");
        }
    }

    @Test
    void anImageThatCannotBeReadFailsAlone() {
        run(BatchOptions.defaults().withBatchSize(3), List.of(1, -2, 3));
        assertThat(outcomes).containsExactly("1=1", "-2: -2: there is no such file", "3=3");
    }

    @Test
    void anImageThatTheNetworkRefusesFailsAlone() {
        run(BatchOptions.defaults().withBatchSize(3), List.of(1, TOO_WIDE, 3, TOO_WIDE));
        assertThat(outcomes).containsExactly("1=1", "13: too wide", "3=3", "13: too wide");
    }

    @Test
    void aModelThatCannotBeUsedEndsTheRun() {
        scorer.unusable = true;
        assertThatThrownBy(() -> run(BatchOptions.defaults().withBatchSize(2), List.of(1, 2)))
                .isInstanceOf(UnusableModelException.class)
                .hasMessage("no numbers");
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aScorerThatIsClosedEndsTheRun() {
        scorer.close();
        assertThatThrownBy(() -> run(BatchOptions.defaults(), List.of(1))).isInstanceOf(ScorerClosedException.class);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aBatchScorerThatIsClosedMeanwhileEndsTheRun() {
        BatchScorer batch = BatchScorer.of(scorer, BatchOptions.defaults().withThreads(1));
        assertThatThrownBy(() -> batch.score(List.of(1, 2, 3, 4), BatchScorerTest::encoded, outcome -> {
                    outcomes.add(text(outcome));
                    batch.close();
                }))
                .isInstanceOf(ScorerClosedException.class)
                .hasMessage("this batch scorer is closed");
        assertThat(outcomes).containsExactly("1=1");
        assertThatThrownBy(() -> batch.score(List.of(1), BatchScorerTest::encoded, outcome -> {}))
                .isInstanceOf(ScorerClosedException.class);
    }

    @Test
    void outcomesAreTakenOneByOne() {
        AtomicInteger taken = new AtomicInteger();
        Iterator<Integer> items =
                IntStream.rangeClosed(1, 6).peek(i -> taken.incrementAndGet()).iterator();
        try (BatchScorer batch =
                BatchScorer.of(scorer, BatchOptions.defaults().withBatchSize(2).withThreads(1))) {
            Iterator<Outcome<Integer>> found = batch.outcomes(items, i -> scorer.decode(encoded(i)));
            assertThat(taken).hasValue(2);
            assertThat(scorer.passes).hasValue(0);
            assertThat(text(found.next())).isEqualTo("1=1");
            assertThat(found.hasNext()).isTrue();
            assertThat(taken).hasValue(4);
            assertThat(scorer.passes).hasValue(1);
            found.forEachRemaining(outcome -> outcomes.add(text(outcome)));
            assertThat(outcomes).containsExactly("2=2", "3=3", "4=4", "5=5", "6=6");
            assertThatThrownBy(found::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void theScorerIsNotAskedForNoImages() {
        run(BatchOptions.defaults().withBatchSize(2), List.of(-1, -2));
        assertThat(outcomes).hasSize(2);
        assertThat(scorer.passes).hasValue(0);
    }

    @Test
    void aRunThatIsToldToStopEndsWithItsBatch() {
        run(BatchOptions.defaults().withBatchSize(2).withStop(() -> !outcomes.isEmpty()), List.of(1, 2, 3, 4, 5));
        assertThat(outcomes).containsExactly("1=1", "2=2");
    }

    @Test
    void theNextBatchIsDecodedWhileTheScorerWorks() {
        scorer.waitsFor = 2;
        run(BatchOptions.defaults(), List.of(1, 2));
        assertThat(outcomes).containsExactly("1=1", "2=2");
    }

    @Test
    void withoutASizeBatchesAreTheScorersOwn() {
        scorer.batch = 3;
        run(BatchOptions.defaults(), List.of(1, 2, 3, 4, 5, 6, 7));
        assertThat(outcomes).hasSize(7);
        assertThat(scorer.passes).hasValue(3);
    }

    @Test
    void imagesArePreparedAheadToo() {
        scorer.waitsFor = 2;
        scorer.waitsForPreparation = true;
        run(BatchOptions.defaults(), List.of(1, 2));
        assertThat(outcomes).containsExactly("1=1", "2=2");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "4, 1, 8", "4, 6, 10", "1, 3, 4"})
    void noMoreAreHeldThanABatchAndAnotherOrAnImageForEachThread(int batchSize, int threads, int held) {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        Iterable<Integer> items = () -> IntStream.rangeClosed(1, 40)
                .peek(i -> most.set(Math.max(most.get(), taken.incrementAndGet() - outcomes.size())))
                .iterator();
        try (BatchScorer batch = BatchScorer.of(
                scorer, BatchOptions.defaults().withBatchSize(batchSize).withThreads(threads))) {
            batch.score(items, BatchScorerTest::encoded, outcome -> outcomes.add("" + outcome.item()));
        }
        assertThat(outcomes).hasSize(40);
        assertThat(most.get()).isEqualTo(held);
    }

    @Test
    void anImageThatRanOutOfMemoryBesideOthersIsDecodedAlone() {
        run(BatchOptions.defaults(), List.of(1, OUT_OF_MEMORY_ONCE, 3));
        assertThat(outcomes).containsExactly("1=1", "17=17", "3=3");
    }

    @Test
    void imagesAfterOneThatRanOutOfMemoryAreReadAgain() {
        run(BatchOptions.defaults().withThreads(3), List.of(OUT_OF_MEMORY_ONCE, 2, 3, 4, 5));
        assertThat(outcomes).containsExactly("17=17", "2=2", "3=3", "4=4", "5=5");
        assertThat(Collections.frequency(scorer.decoded, 2)).isEqualTo(2);
        assertThat(Collections.frequency(scorer.decoded, 5)).isEqualTo(1);
    }

    @Test
    void anImageThatRunsOutOfMemoryAloneFailsAloneAndTheErrorStaysOne() {
        List<Outcome<Integer>> found = new ArrayList<>();
        try (BatchScorer batch = BatchScorer.of(scorer, BatchOptions.defaults())) {
            batch.score(List.of(1, OUT_OF_MEMORY, 3), BatchScorerTest::encoded, found::add);
        }
        assertThat(found).extracting(Outcome::item).containsExactly(1, OUT_OF_MEMORY, 3);
        assertThat(((Outcome.Failed<Integer>) found.get(1)).error()).isInstanceOf(OutOfMemoryError.class);
        assertThat(found.get(2)).isInstanceOf(Outcome.Scored.class);
    }

    @Test
    void theCallersOwnErrorEndsTheRun() {
        assertThatThrownBy(() -> {
                    try (BatchScorer batch = BatchScorer.of(scorer, BatchOptions.defaults())) {
                        batch.score(
                                List.of(1),
                                i -> {
                                    throw new IllegalArgumentException("mine");
                                },
                                outcome -> outcomes.add("" + outcome.item()));
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
    }

    @Test
    void mapsComeWhereTheyAreAskedFor() {
        List<Outcome<Integer>> found = new ArrayList<>();
        try (BatchScorer batch =
                BatchScorer.of(scorer, BatchOptions.defaults().withMaps(true).withBatchSize(2))) {
            batch.score(List.of(4, 5), BatchScorerTest::encoded, found::add);
        }
        assertThat(found).allSatisfy(outcome -> {
            Outcome.Scored<Integer> scored = (Outcome.Scored<Integer>) outcome;
            assertThat(scored.map().orElseThrow().width()).isEqualTo(scored.item());
            assertThat(scored.image().width()).isEqualTo(scored.item());
            assertThat(scored.milliseconds()).isPositive();
        });
        scorer.maps = false;
        assertThatThrownBy(() -> BatchScorer.of(scorer, BatchOptions.defaults().withMaps(true)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "this model scores images only as a whole, so maps cannot be had of it; set maps to false or open a"
                                + " small network");
    }

    @Test
    void theDetailOfAnImageComesBesideItsScore() {
        List<Outcome.Scored<Integer>> found = scored(View.BOTH, List.of(4, LARGE, 5));

        assertThat(found).extracting(one -> logit(one.quality())).containsExactly(4L, (long) LARGE, 5L);
        assertThat(found).extracting(one -> one.detail().orElseThrow().places()).containsExactly(1, PLACES, 1);
        assertThat(found.get(0).detail().orElseThrow().quality())
                .isEqualTo(found.get(0).quality());
        assertThat(scorer.details).containsExactly(LARGE);
        assertThat(scorer.prepared).containsExactlyInAnyOrder(4, LARGE, 5);
    }

    /** Images that the network sees at their own scale go through it as usual, together. */
    @Test
    void theDetailAloneNeedsNoScoreOfLargeImages() {
        List<Outcome.Scored<Integer>> found = scored(View.DETAIL, List.of(4, LARGE, 5));

        assertThat(found).extracting(one -> logit(one.quality())).containsExactly(4L, -1L, 5L);
        assertThat(found)
                .allSatisfy(
                        one -> assertThat(one.detail().orElseThrow().quality()).isEqualTo(one.quality()));
        assertThat(scorer.details).containsExactly(LARGE);
        assertThat(scorer.prepared).containsExactlyInAnyOrder(4, 5);
        assertThat(scorer.passes).hasValue(1);
    }

    @Test
    void ofLargeImagesAloneTheDetailNeedsNoPassAtAll() {
        assertThat(scored(View.DETAIL, List.of(LARGE, LARGE))).hasSize(2);
        assertThat(scorer.passes).hasValue(0);
    }

    @Test
    void withoutAViewThereIsNoDetail() {
        assertThat(scored(View.WHOLE, List.of(LARGE)))
                .singleElement()
                .satisfies(one -> assertThat(one.detail()).isEmpty());
        assertThat(scorer.details).isEmpty();
    }

    @Test
    void mapsAndDetailGoTogether() {
        List<Outcome<Integer>> found = new ArrayList<>();
        BatchOptions options = BatchOptions.defaults().withMaps(true).withView(View.DETAIL);
        try (BatchScorer batch = BatchScorer.of(scorer, options)) {
            batch.score(List.of(LARGE), BatchScorerTest::encoded, found::add);
        }
        Outcome.Scored<Integer> scored = (Outcome.Scored<Integer>) found.get(0);
        assertThat(scored.map().orElseThrow().width()).isEqualTo(LARGE);
        assertThat(scored.quality()).isEqualTo(scored.detail().orElseThrow().quality());
    }

    @Test
    void anImageWhoseDetailTheNetworkRefusesFailsAlone() {
        run(BatchOptions.defaults().withView(View.BOTH).withBatchSize(3), List.of(1, TOO_LARGE, 3));
        assertThat(outcomes).containsExactly("1=1", "102: too large", "3=3");
    }

    @Test
    void aScorerWithoutDetailIsRefusedBeforeItIsAsked() {
        scorer.detail = false;
        assertThatThrownBy(() -> BatchScorer.of(scorer, BatchOptions.defaults().withView(View.BOTH)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "this model sees images only as a whole, so the view both cannot be had of it; set the view to whole or"
                                + " open a small network");
    }

    private List<Outcome.Scored<Integer>> scored(View view, List<Integer> items) {
        List<Outcome.Scored<Integer>> found = new ArrayList<>();
        BatchOptions options =
                BatchOptions.defaults().withBatchSize(3).withView(view).withDetail(new DetailSettings(7, 9));
        try (BatchScorer batch = BatchScorer.of(scorer, options)) {
            batch.score(items, BatchScorerTest::encoded, outcome -> found.add((Outcome.Scored<Integer>) outcome));
        }
        return found;
    }

    private static long logit(QualityScore quality) {
        return Math.round(quality.logits().excellent());
    }

    @Test
    void numbersBelowOneAreRefused() {
        assertThatThrownBy(() -> BatchOptions.defaults().withBatchSize(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("batchSize is 0; it must be at least 1");
        assertThatThrownBy(() -> BatchOptions.defaults().withThreads(0))
                .hasMessage("threads is 0; it must be at least 1");
    }

    private void run(BatchOptions options, List<Integer> items) {
        try (BatchScorer batch = BatchScorer.of(scorer, options)) {
            batch.score(items, BatchScorerTest::encoded, outcome -> outcomes.add(text(outcome)));
        }
    }

    private static String text(Outcome<Integer> outcome) {
        if (outcome instanceof Outcome.Scored<Integer> scored) {
            return scored.item() + "=" + Math.round(scored.quality().logits().excellent());
        }
        return outcome.item() + ": "
                + ((Outcome.Failed<Integer>) outcome).error().getMessage();
    }

    private static EncodedImage encoded(int width) {
        return EncodedImage.of(new byte[0], Integer.toString(width));
    }

    /** A scorer whose images are as wide as their names say, and whose first logit is that width. */
    private static final class WidthScorer implements Scorer {
        final AtomicInteger passes = new AtomicInteger();
        final AtomicInteger tries = new AtomicInteger();
        final Queue<Integer> decoded = new ConcurrentLinkedQueue<>();
        final CountDownLatch waited = new CountDownLatch(1);
        boolean unusable;
        boolean closed;
        boolean maps = true;
        boolean detail = true;
        final Queue<Integer> prepared = new ConcurrentLinkedQueue<>();
        final List<Integer> details = new ArrayList<>();
        int batch = 1;
        int waitsFor;
        boolean waitsForPreparation;

        @Override
        public RgbImage decode(EncodedImage image) {
            if (closed) {
                throw new ScorerClosedException("closed");
            }
            int width = Integer.parseInt(image.name());
            decoded.add(width);
            if (width == waitsFor && !waitsForPreparation) {
                waited.countDown();
            }
            if (width < 0) {
                throw new UnreadableImageException(Reason.MISSING, width + ": there is no such file");
            }
            if (width == OUT_OF_MEMORY || (width == OUT_OF_MEMORY_ONCE && tries.incrementAndGet() == 1)) {
                throw new OutOfMemoryError("heap");
            }
            return new RgbImage(width, 1, new byte[RgbImage.CHANNELS * width]);
        }

        @Override
        public PreparedImage prepare(RgbImage image) {
            prepared.add(image.width());
            if (image.width() == waitsFor) {
                waited.countDown();
            }
            return () -> image;
        }

        @Override
        public int batch() {
            return batch;
        }

        @Override
        public RgbImage decode(BufferedImage image) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<QualityScore> scoreAll(List<RgbImage> images) {
            passes.incrementAndGet();
            if (unusable) {
                throw new UnusableModelException("no numbers");
            }
            if (waitsFor > 0) {
                await(waited);
            }
            if (images.stream().anyMatch(image -> image.width() == TOO_WIDE)) {
                throw new ScoringException("too wide");
            }
            return images.stream()
                    .map(image -> new QualityScore(new LevelLogits(image.width(), 0, 0, 0, 0)))
                    .toList();
        }

        @Override
        public boolean supportsMaps() {
            return maps;
        }

        @Override
        public MappedScore scoreWithMap(RgbImage image) {
            QualityScore quality = score(image);
            List<Span> all = List.of(new Span(0, image.width()));
            return new MappedScore(
                    quality, new QualityMap(image.width(), 1, all, List.of(new Span(0, 1)), List.of(quality)));
        }

        @Override
        public boolean supportsDetail() {
            return detail;
        }

        @Override
        public boolean keepsScale(RgbImage image) {
            return image.width() < LARGE;
        }

        /** One tile of 30 places, whose first logit is -1, where the settings arrive. */
        @Override
        public DetailScore scoreDetail(RgbImage image, DetailSettings settings) {
            details.add(image.width());
            if (image.width() == TOO_LARGE) {
                throw new ScoringException("too large");
            }
            QualityScore quality =
                    new QualityScore(new LevelLogits(settings.equals(new DetailSettings(7, 9)) ? -1 : -2, 0, 0, 0, 0));
            return DetailScore.of(List.of(new Tile(0, 0, 1, 1, quality)), PLACES, 0);
        }

        @Override
        public ModelInfo model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS))
                        .as("the second image was read ahead")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
