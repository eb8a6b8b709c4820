package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.reliability.IntervalTable;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.train.compact.FamiliarityFit.LearnedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FamiliarityFitTest {
    /**
     * Image i is alone along axis i, at 1 from the point (0, …). Without a fifth of ten, the mean is 1/8 along the eight others, which their seven axes
     * express; what is left of image i is 1 along its own axis, and what the mean has across the seven axes: 8 times 1/8², which is 1/8.
     */
    @Test
    void distancesAreFromAxesThatAreLaidWithoutTheImage() {
        FamiliarityFit fit = FamiliarityFit.of(alone(10));

        double distance = Math.sqrt(1 + 1 / 8.0);
        assertThat(fit.distances()).hasSize(10).containsOnly(new double[] {1 / 1.75}, within(1e-9));
        assertThat(fit.familiarity().axes()).isEqualTo(9);
        double mean = Math.sqrt(10) / 10; // far from the point (0, …), across all nine axes
        assertThat(unfamiliarity(fit, new double[10])).isCloseTo(mean / (1.75 * distance), within(1e-6));
    }

    /** All but image 9 are the point (0, …). Only when it is left out is there a distance, of 1; the root of the mean square is √.1. */
    @Test
    void theLimitIsAMultipleOfTheRootOfTheMeanSquare() {
        List<LearnedImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            images.add(image(i, false, i == 9 ? 1 : 0));
        }

        FamiliarityFit fit = FamiliarityFit.of(images);

        assertThat(unfamiliarity(fit, 0, 0, 5)).isCloseTo(5 / (1.75 * Math.sqrt(0.1)), within(1e-5));
        assertThat(fit.distances()[9]).isCloseTo(1 / (1.75 * Math.sqrt(0.1)), within(1e-9));
        assertThat(Arrays.copyOf(fit.distances(), 9)).containsOnly(new double[] {0}, within(1e-9));
    }

    /** A distorted version that looks as image 9 does makes that familiar only if it is not left out with it. */
    @Test
    void distortedVersionsAreLeftOutWithTheirImageAndHaveNoDistance() {
        List<LearnedImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            images.add(image(i, false, i == 9 ? 1 : 0));
        }
        images.add(image(9, true, 1));
        FamiliarityFit ownVersion = FamiliarityFit.of(images);
        assertThat(ownVersion.distances()).hasSize(10);
        assertThat(ownVersion.distances()[9]).isCloseTo(1 / (1.75 * Math.sqrt(0.1)), within(1e-9));

        images.set(10, image(7, true, 1));
        images.set(8, image(8, false, 0, 1));
        assertThat(FamiliarityFit.of(images).distances()[9]).isCloseTo(0, within(1e-9));
    }

    @Test
    void thereAreAtMost64Axes() {
        assertThat(FamiliarityFit.of(alone(70)).familiarity().axes()).isEqualTo(64);
    }

    @Test
    void tooFewOrEqualImagesAreRefused() {
        assertThatThrownBy(() -> FamiliarityFit.of(alone(9)))
                .isInstanceOf(DeqaException.class)
                .hasMessage("there are 9 images; at least 10 are needed to say what is familiar");
        List<LearnedImage> equal =
                IntStream.range(0, 20).mapToObj(i -> image(i, false, 3)).toList();
        assertThatThrownBy(() -> FamiliarityFit.of(equal))
                .isInstanceOf(DeqaException.class)
                .hasMessage("all images have the same statistics, so nothing says what is familiar");
    }

    private static List<LearnedImage> alone(int count) {
        List<LearnedImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] logarithms = new double[count];
            logarithms[i] = 1;
            images.add(new LearnedImage(logarithms, i, false));
        }
        return images;
    }

    private static LearnedImage image(int source, boolean distorted, double... logarithms) {
        return new LearnedImage(Arrays.copyOf(logarithms, 3), source, distorted);
    }

    /** As a scorer computes it, of an image whose pixels tell nothing. */
    private static double unfamiliarity(FamiliarityFit fit, double... logarithms) {
        byte[] noise = new byte[64 * 64 * 3];
        new SplittableRandom(1).nextBytes(noise);
        IntervalTable table = new IntervalTable(0.8f, 1, new float[] {3}, new float[] {1}, new float[] {1});
        return new ReliabilityFile(table, fit.familiarity())
                .of(3, logarithms, new RgbImage(64, 64, noise), 1)
                .unfamiliarity();
    }
}
