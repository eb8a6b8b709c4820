package io.github.deqa4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.PreprocessorConfig;
import io.github.deqa4j.image.prepare.SquareView;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.train.data.Sample.RatedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
    private static final Path FOLDER = Golden.mini().resolve("images");
    private static final List<String> NAMES =
            List.of("s0_97x61.png", "s1_61x97.png", "s2_56x56.png", "s3_200x33.png", "s4_23x15.png", "s5_140x120.png");
    private static final TrainingImageReader IMAGES = new TrainingImageReader(
            new ImageReader(ReaderSettings.standard()), new SquareView(PreprocessorConfig.standard(8)));
    private static final long IMAGE = 3 * 8 * 8 * 4;

    @Test
    void imagesComeInTheOrderOfTheBatchesWhateverTheThreads() {
        for (int threads = 1; threads <= 4; threads++) {
            Counting batches = new Counting(batches(NAMES));
            try (BatchLoader loader =
                    new BatchLoader(batches, IMAGES, 1 << 20, threads, false, UnaryOperator.identity())) {
                for (String name : NAMES) {
                    assertThat(loader.hasNext()).isTrue();
                    LoadedBatch batch = loader.next();
                    TrainingItem item = batch.items().get(0);
                    assertThat(batch.inputs()).containsOnlyKeys(item.request(item.a()));
                    assertThat(batch.inputs(item, item.a()).get(0).image().values())
                            .isEqualTo(IMAGES.read(FOLDER.resolve(name)).values());
                }
                assertThat(loader.hasNext()).isFalse();
            }
        }
    }

    @Test
    void noMoreIsReadAheadThanTheBudgetAllows() {
        Counting batches = new Counting(batches(NAMES));
        try (BatchLoader loader = new BatchLoader(batches, IMAGES, 2 * IMAGE, 2, false, UnaryOperator.identity())) {
            loader.next();
            assertThat(batches.taken).isEqualTo(3); // two that are read, one that waits for room
            loader.next();
            assertThat(batches.taken).isEqualTo(4);
        }
        Counting tight = new Counting(batches(NAMES));
        try (BatchLoader loader = new BatchLoader(tight, IMAGES, 1, 2, false, UnaryOperator.identity())) {
            loader.next();
            assertThat(tight.taken).isEqualTo(2);
        }
    }

    @Test
    void aImageThatIsGoneIsAnErrorOrIsLeftOut() {
        List<String> names = List.of(NAMES.get(0), "gone.png");
        try (BatchLoader loader =
                new BatchLoader(batches(names), IMAGES, 1 << 20, 2, false, UnaryOperator.identity())) {
            loader.next();
            assertThatThrownBy(loader::next)
                    .isInstanceOf(DeqaException.class)
                    .hasMessage(FOLDER.resolve("gone.png") + ": there is no such file");
        }
        try (BatchLoader loader = new BatchLoader(batches(names), IMAGES, 1 << 20, 2, true, UnaryOperator.identity())) {
            loader.next();
            LoadedBatch batch = loader.next();
            assertThat(batch.items()).isEmpty();
            assertThat(batch.problems()).hasSize(1);
        }
    }

    private static Iterator<Batch> batches(List<String> names) {
        List<Batch> batches = new ArrayList<>();
        for (String name : names) {
            Sample sample = new RatedImage(
                    name, FOLDER.resolve(name), new WholeImage(8 * 8), new Rating(LevelValues.of(0, 1, 0, 0, 0), 4, 0));
            batches.add(
                    new Batch(List.of(new TrainingItem(sample, Optional.empty(), 0, 7)), 1, true, batches.size() + 1));
        }
        return batches.iterator();
    }

    /** Counts what was taken. */
    private static final class Counting implements Iterator<Batch> {
        private final Iterator<Batch> batches;
        private int taken;

        Counting(Iterator<Batch> batches) {
            this.batches = batches;
        }

        @Override
        public boolean hasNext() {
            return batches.hasNext();
        }

        @Override
        public Batch next() {
            taken++;
            return batches.next();
        }
    }
}
