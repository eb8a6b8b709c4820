package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatmapTest {
    private static final int GRAY = 100;
    private static final int LEGEND = 15; // rows of one dot

    @Test
    void aImageWithoutLossIsItsLuma() {
        RgbImage image = random(90, 40);
        RgbImage drawing = new Heatmap(image, map(90, 40, 3.3, 3.3)).draw();

        assertThat(drawing.width()).isEqualTo(90);
        assertThat(drawing.height()).isEqualTo(40 + LEGEND);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 90; x++) {
                double luma =
                        0.299 * image.sample(x, y, 0) + 0.587 * image.sample(x, y, 1) + 0.114 * image.sample(x, y, 2);
                for (int c = 0; c < 3; c++) {
                    assertThat((double) drawing.sample(x, y, c)).isCloseTo(luma, within(0.6));
                }
            }
        }
    }

    @Test
    void lossIsInterpolatedBetweenTheMiddlesAndConstantBeyond() {
        RgbImage drawing = new Heatmap(gray(100, 40), map(100, 40, 4, 2)).draw(); // middles at 30 and 70

        assertThat(pixel(drawing, 0, 20)).isEqualTo(List.of(GRAY, GRAY, GRAY));
        assertThat(pixel(drawing, 29, 0)).isEqualTo(List.of(GRAY, GRAY, GRAY));
        for (int x = 30; x < 70; x++) {
            assertThat(pixel(drawing, x, 39)).isEqualTo(painted((x + 0.5 - 30) / 40));
        }
        assertThat(pixel(drawing, 70, 5)).isEqualTo(pixel(drawing, 99, 39)).isEqualTo(painted(1));
    }

    @Test
    void rowsAreInterpolatedAsColumnsAre() {
        List<Span> rows = List.of(new Span(0, 20), new Span(20, 60), new Span(60, 100)); // middles at 10, 40, 80
        QualityMap map = new QualityMap(90, 100, List.of(new Span(0, 90)), rows, scores(5, 4, 1));
        RgbImage drawing = new Heatmap(gray(90, 100), map).draw();

        assertThat(pixel(drawing, 45, 9)).isEqualTo(painted(0));
        assertThat(pixel(drawing, 45, 30)).isEqualTo(painted(0.25 * 20.5 / 30));
        assertThat(pixel(drawing, 3, 60)).isEqualTo(painted(0.25 + 0.75 * 20.5 / 40));
        assertThat(pixel(drawing, 89, 99)).isEqualTo(painted(1));
    }

    @Test
    void aLossOfLessThanALevelIsDrawnAsLess() {
        RgbImage drawing = new Heatmap(gray(100, 40), map(100, 40, 4, 3.75)).draw();

        assertThat(pixel(drawing, 99, 0)).isEqualTo(painted(0.25));
    }

    @Test
    void whereTheBestIsNearlyBadThereIsLittleToLose() {
        assertThat(LossScale.of(map(100, 40, 1.5, 1.25)).lost(1.25)).isCloseTo(0.5, within(1e-12));
        assertThat(LossScale.of(map(100, 40, 1, 1)).lost(1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1280, 960, 1280, 960",
        "1281, 10, 1280, 10",
        "3000, 4000, 960, 1280",
        "9000, 2, 1280, 1",
    })
    void aLargeImageIsDrawnSmaller(int width, int height, int newWidth, int newHeight) {
        QualityMap map =
                new QualityMap(width, height, List.of(new Span(0, width)), List.of(new Span(0, height)), scores(3));
        RgbImage drawing = new Heatmap(gray(width, height), map).draw();

        assertThat(drawing.width()).isEqualTo(newWidth);
        assertThat(drawing.height() - newHeight).isPositive().isLessThanOrEqualTo(4 * LEGEND);
        assertThat(pixel(drawing, newWidth / 2, newHeight - 1)).isEqualTo(List.of(GRAY, GRAY, GRAY));
    }

    @Test
    void aTinyImageStandsInTheMiddleAboveAWholeLegend() {
        RgbImage drawing = new Heatmap(gray(2, 3), map(2, 3, 4, 4)).draw();

        assertThat(drawing.width()).isEqualTo(84);
        assertThat(drawing.height()).isEqualTo(3 + LEGEND);
        assertThat(pixel(drawing, 40, 0)).isEqualTo(List.of(32, 32, 32));
        assertThat(pixel(drawing, 41, 0)).isEqualTo(List.of(GRAY, GRAY, GRAY));
        assertThat(pixel(drawing, 43, 0)).isEqualTo(List.of(32, 32, 32));
    }

    @Test
    void theLegendHasTheScoresAtItsEnds() {
        RgbImage drawing = new Heatmap(gray(84, 1), map(84, 1, 4.26, 1.7)).draw();

        StringBuilder text = new StringBuilder();
        for (int y = 1 + 4; y < 1 + 11; y++) {
            for (int x = 0; x < 84; x++) {
                boolean number = x < 4 + 17 || x >= 84 - 4 - 17;
                if (number && x >= 4 && x < 80) {
                    text.append(drawing.sample(x, y, 0) == 224 ? '#' : ' ');
                }
            }
            text.append('\n');
        }
        assertThat(text.toString().replaceAll(" +\n", "\n")).isEqualTo("""
                   #        #####  #         #####
                  ##           #  ##             #
                 # #          #    #            #
                #  #           #   #           #
                #####           #  #          #
                   #   ##   #   #  #    ##    #
                   #   ##    ###  ###   ##    #
                """);
    }

    @Test
    void theBarRunsFromNothingToTheStrongestColor() {
        RgbImage drawing = new Heatmap(gray(84, 1), map(84, 1, 4, 2)).draw();

        assertThat(pixel(drawing, 26, 5)).isEqualTo(colored(128, 0.5 / 32));
        assertThat(pixel(drawing, 57, 11)).isEqualTo(colored(128, 31.5 / 32));
        assertThat(pixel(drawing, 25, 5)).isEqualTo(List.of(32, 32, 32));
    }

    /** So those see the order, too, who do not tell red from green. */
    @Test
    void colorsGrowEverBrighterOverAnyGray() {
        for (int gray = 0; gray <= 40; gray += 20) {
            double before = -1;
            for (int i = 0; i <= 20; i++) {
                List<Integer> color = colored(gray, i / 20.0);
                double luma = 0.299 * color.get(0) + 0.587 * color.get(1) + 0.114 * color.get(2);
                assertThat(luma).as("%d of %d", i, gray).isGreaterThan(before);
                before = luma;
            }
        }
    }

    @Test
    void theStrongestColorLeavesAThirdOfTheContrast() {
        for (int c = 0; c < 3; c++) {
            assertThat(colored(255, 1).get(c) - colored(0, 1).get(c)).isBetween(88, 90);
        }
    }

    @Test
    void aMapOfAnotherImageIsRefused() {
        assertThatThrownBy(() -> new Heatmap(gray(40, 100), map(100, 40, 3, 3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "a map of an image of 100×40 pixels cannot be drawn over one of 40×100; use the map of this "
                                + "image");
    }

    /** A map of one row and two columns, with middles at 3 and 7 tenths of the width. */
    private static QualityMap map(int width, int height, double left, double right) {
        return new QualityMap(
                width,
                height,
                List.of(new Span(0, width * 0.6), new Span(width * 0.4, width)),
                List.of(new Span(0, height)),
                scores(left, right));
    }

    private static List<QualityScore> scores(double... scores) {
        return DoubleStream.of(scores)
                .map(score -> (score - 1) / 4)
                .mapToObj(p -> new LevelLogits(logarithm(p), -1000, -1000, -1000, logarithm(1 - p)))
                .map(QualityScore::new)
                .toList();
    }

    private static double logarithm(double p) {
        return Math.max(-1000, Math.log(p)); // of 0, a finite logit whose probability is 0
    }

    private static List<Integer> painted(double lost) {
        return colored(GRAY, lost);
    }

    /** Recomputed from the four colors that stand for 0, 1/3, 2/3 and 1. */
    private static List<Integer> colored(int gray, double lost) {
        int[][] anchors = {{120, 28, 109}, {188, 55, 84}, {237, 105, 37}, {251, 182, 26}};
        Integer[] color = new Integer[3];
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                sum += Math.max(0, 1 - Math.abs(lost * 3 - i)) * anchors[i][c];
            }
            color[c] = (int) Math.round((1 - 0.65 * lost) * gray + 0.65 * lost * sum);
        }
        return List.of(color);
    }

    private static List<Integer> pixel(RgbImage drawing, int x, int y) {
        return List.of(drawing.sample(x, y, 0), drawing.sample(x, y, 1), drawing.sample(x, y, 2));
    }

    private static RgbImage gray(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        Arrays.fill(samples, (byte) GRAY);
        return new RgbImage(width, height, samples);
    }

    private static RgbImage random(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        new SplittableRandom(5).nextBytes(samples);
        return new RgbImage(width, height, samples);
    }
}
