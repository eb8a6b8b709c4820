package io.github.deqa4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CurveChartTest {
    @Test
    void aLineGoesFromCornerToCorner() {
        String svg = new CurveChart("Loss")
                .line("a", new double[] {1, 2, 3}, new double[] {5, Double.NaN, 10})
                .svg();
        assertThat(svg).contains("points=\"70.0,230.0 880.0,30.0\"", ">10.0</text>", ">Loss</h2>".substring(1));
    }

    @Test
    void nothingToDrawIsNotDrawn() {
        assertThat(new CurveChart("Loss")
                        .line("a", new double[0], new double[0])
                        .svg())
                .isEmpty();
        assertThat(new CurveChart("Loss")
                        .line("a", new double[] {1}, new double[] {Double.NaN})
                        .svg())
                .isEmpty();
    }

    @Test
    void aConstantLiesInTheMiddle() {
        assertThat(new CurveChart("Loss")
                        .line("a", new double[] {1, 2}, new double[] {4, 4})
                        .svg())
                .contains("points=\"70.0,130.0 880.0,130.0\"");
    }
}
