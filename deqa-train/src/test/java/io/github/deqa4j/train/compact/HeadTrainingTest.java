package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.compact.HeadTraining.Example;
import io.github.deqa4j.train.data.Rating;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics in which the level of an image is hidden in noise. */
class HeadTrainingTest {
    private static final int EXAMPLES = 200;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // prepare() sets it
    private ModelFiles start;

    private int statistics;
    private List<Example> examples = List.of();

    @BeforeEach
    void prepare() {
        Path model = folder.resolve("model");
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), model, 1);
        start = ModelFiles.open(Optional.of(model), Optional.empty(), Optional.empty());
        statistics = CompactConfig.read(start.config()).statistics();
        examples = IntStream.range(0, EXAMPLES)
                .mapToObj(i -> new Example(statistics(i % 5 + 1, i), rating(i % 5 + 1)))
                .toList();
    }

    @Test
    void theLevelIsLearned() {
        List<float[]> others = IntStream.rangeClosed(1, 5)
                .mapToObj(level -> statistics(level, EXAMPLES + level))
                .toList();

        float[][] logits = HeadTraining.logits(start, examples, others, 1);

        for (int i = 0; i < logits.length; i++) {
            assertThat(score(logits[i])).isBetween(i + 0.3, i + 1.7);
        }
    }

    @Test
    void theSeedDecides() {
        List<float[]> others = List.of(statistics(3, EXAMPLES));

        float[][] first = HeadTraining.logits(start, examples, others, 1);

        assertThat(HeadTraining.logits(start, examples, others, 1)).isDeepEqualTo(first);
        assertThat(HeadTraining.logits(start, examples, others, 2)[0]).isNotEqualTo(first[0]);
    }

    private float[] statistics(int level, long seed) {
        SplittableRandom signs = new SplittableRandom(0);
        SplittableRandom noise = new SplittableRandom(seed + 1);
        float[] values = new float[statistics];
        for (int i = 0; i < values.length; i++) {
            double sign = signs.nextBoolean() ? 1 : -1;
            values[i] = (float) (3 * sign + (level - 3) * (i % 3 - 1) + 0.3 * (noise.nextDouble() - 0.5));
        }
        return values;
    }

    private static Rating rating(int level) {
        double[] label = new double[5];
        label[5 - level] = 1;
        return new Rating(LevelValues.of(label), level, 0.5);
    }

    private static double score(float[] logits) {
        return LevelProbabilities.softmax(IntStream.range(0, logits.length)
                        .mapToDouble(i -> logits[i])
                        .toArray())
                .mean();
    }
}
