package io.github.deqa4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final double[] STEPS = {0, 10, 20};

    @Test
    void pointsThatAreNotFiniteAreLeftOut() {
        Chart chart = Chart.titled("Loss")
                .line("loss", STEPS, new double[] {4, Double.NaN, 2})
                .line("unknown", STEPS, new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NaN})
                .build();

        assertThat(chart.series()).hasSize(1);
        assertThat(chart.series().get(0).points()).containsExactly(new Chart.Point(0, 4), new Chart.Point(20, 2));
    }

    @Test
    void rangesHoldAllSeries() {
        Chart chart = Chart.titled("Loss")
                .line("a", STEPS, new double[] {4, 3, 2})
                .line("b", STEPS, new double[] {-1, 3, 2})
                .build();

        assertThat(chart.x()).isEqualTo(new Chart.Range(0, 20));
        assertThat(chart.y()).isEqualTo(new Chart.Range(-1, 4));
    }

    @Test
    void aSingleValueHasRoomAroundIt() {
        Chart chart = Chart.titled("SRCC")
                .line("SRCC", new double[] {5}, new double[] {0.5})
                .build();

        assertThat(chart.x()).isEqualTo(new Chart.Range(4, 6));
        assertThat(chart.y()).isEqualTo(new Chart.Range(-0.5, 1.5));
    }

    @Test
    void eachLineHasItsColorInEachTheme() {
        Chart chart = Chart.titled("")
                .size(300, 200)
                .line("a", STEPS, new double[] {1, 1, 1})
                .line("b", STEPS, new double[] {2, 2, 2})
                .build();

        for (ChartTheme theme : ChartTheme.values()) {
            BufferedImage image = chart.draw(theme);
            assertThat(image.getWidth()).isEqualTo(600);
            assertThat(image.getHeight()).isEqualTo(400);
            assertThat(image.getRGB(0, 0)).isEqualTo(theme.background().getRGB());
            assertThat(pixels(image, theme.line(0).getRGB())).isGreaterThan(500);
            assertThat(pixels(image, theme.line(1).getRGB())).isGreaterThan(500);
        }
    }

    @Test
    void theElementHoldsBothThemesAndTheTitle() {
        String element = Chart.titled("a < b").line("x", STEPS, STEPS).build().html();

        assertThat(element)
                .contains("media=\"(prefers-color-scheme: dark)\" srcset=\"data:image/png;base64,")
                .contains("<img alt=\"a &lt; b\" src=\"data:image/png;base64,");
    }

    private static long pixels(BufferedImage image, int color) {
        int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return IntStream.of(all).filter(pixel -> pixel == color).count();
    }
}
