package io.github.deqa4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesPageTest {
    @Test
    void everyCurveIsDrawnInTheColorsOfTheReader() {
        String page = CurvesPage.html(List.of(step(1, 3), step(2, 2)), List.of(new double[] {2, 0.5, 0.6}));
        assertThat(page)
                .contains("<p>2 steps, 1 evaluations.</p>")
                .contains("<picture>", "prefers-color-scheme: dark", "src=\"data:image/png;base64,")
                .doesNotContain("http");
        assertThat(titles(page))
                .containsExactly("Loss", "Parts of the loss", "Norm of the gradients", "Learning rates", "Evaluation");
    }

    @Test
    void aMachineThatCannotDrawGetsANotice() {
        String page = CurvesPage.orNotice(() -> {
            throw new InternalError("Fontconfig head is null");
        });
        assertThat(page)
                .contains("The charts cannot be drawn on this machine (java.lang.InternalError).")
                .endsWith("</body></html>\n");
        assertThat(CurvesPage.orNotice(() -> "drawn")).isEqualTo("drawn");
    }

    @Test
    void aChartWithoutAFiniteValueIsLeftOut() {
        String page = CurvesPage.html(List.of(step(1, 3)), List.of(new double[] {1, Double.NaN, Double.NaN}));
        assertThat(titles(page)).doesNotContain("Evaluation").contains("Loss");
        assertThat(titles(CurvesPage.html(List.of(), List.of()))).isEmpty();
    }

    @Test
    void aLongRunIsDrawnToo() {
        List<double[]> steps = new ArrayList<>();
        for (int i = 1; i <= 5001; i++) {
            steps.add(step(i, 1.0 / i));
        }
        assertThat(CurvesPage.thinned(steps)).hasSize(455).startsWith(step(1, 1), step(12, 1.0 / 12));
        assertThat(CurvesPage.html(steps, List.of())).contains("<p>5,001 steps, 0 evaluations.</p>", "alt=\"Loss\"");
    }

    private static List<String> titles(String page) {
        return Arrays.stream(page.split("alt=\"", -1))
                .skip(1)
                .map(part -> part.substring(0, part.indexOf('"')))
                .toList();
    }

    private static double[] step(int step, double loss) {
        double[] row = new double[1 + StepRow.COLUMNS.size()];
        row[0] = step;
        row[1 + StepRow.COLUMNS.indexOf("loss")] = loss;
        return row;
    }
}
