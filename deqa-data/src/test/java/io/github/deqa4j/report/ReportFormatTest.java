package io.github.deqa4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.metric.Comparison;
import io.github.deqa4j.metric.Estimate;
import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.Interval;
import io.github.deqa4j.metric.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReportFormatTest {
    private static final EvaluationTable TABLE = Evaluations.table(Evaluations.SETTINGS, Evaluations.plain());
    private static final EvaluationTable INTERVALS = Evaluations.table(
            Evaluations.SETTINGS.withResamples(50),
            Evaluations.plain(),
            Evaluations.named("second", Evaluations.plain()));
    private static final Comparison COMPARISON =
            Comparison.of(Evaluations.plain(), Evaluations.plain(), Evaluations.SETTINGS.withResamples(50));

    @Test
    void aTableHasColumnsForPeople() {
        assertThat(ReportFormat.TABLE.write(TABLE)).isEqualTo("""
                data set                 images    SRCC    PLCC    KRCC    RMSE
                a_b, "<i>50%</i>" & 'c'       5  0.9000  0.9000  0.8000  0.6325
                no fit; no intervals

                data set                 images     bias  std  of ratings  in 50 %  in 80 %  in 95 %
                a_b, "<i>50%</i>" & 'c'       5  +0.0000    –           –        –        –        –
                """ + SpreadGrid.CAPTION + "\n");
    }

    @Test
    void spreadsStandBelowWhereThereAreAny() {
        EvaluationTable table = Evaluations.table(Evaluations.SETTINGS, Evaluations.named("s", Evaluations.spread()));

        assertThat(ReportFormat.TABLE.write(table)).contains("""
                data set                 images     bias     std  of ratings  in 50 %  in 80 %  in 95 %
                s                             5  +0.0000  0.6400""");
        assertThat(ReportFormat.TABLE
                        .write(table)
                        .lines()
                        .map(line -> line.strip().split(" {2,}", -1)[0])
                        .toList())
                .containsSequence("with the mean std", "third of least std", "middle third", "third of greatest std");
    }

    @Test
    void noFigureHasHundredsOfDigits() {
        assertThat(Figures.text(1.5e300)).isEqualTo("1.5000e+300");
        assertThat(Figures.signed(-2e7)).isEqualTo("-2.0000e+07");
        assertThat(Figures.text(999999.5)).isEqualTo("999999.5000");
        assertThat(Figures.text(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }

    @Test
    void intervalsStandBelowTheirFigures() {
        String text = ReportFormat.TABLE.write(INTERVALS);

        assertThat(text.lines().map(line -> line.split(" {2,}", -1)[0]).toList())
                .containsExactly(
                        "data set",
                        Evaluations.NAME,
                        "",
                        "",
                        "second",
                        "",
                        "",
                        "mean",
                        "",
                        "",
                        "no fit; 95 % intervals from 50 bootstrap resamples, seed 0",
                        "",
                        "data set",
                        Evaluations.NAME,
                        "second",
                        SpreadGrid.CAPTION);
    }

    @Test
    void charactersThatSteerATerminalAreNotPrinted() {
        assertThat(PlainText.write(new Grid(List.of("a\u001b[31m\nb"), List.of())))
                .isEqualTo("a?[31m?b\n");
    }

    @Test
    void csvHasAllDigitsAndQuotes() {
        assertThat(ReportFormat.CSV.write(TABLE).lines().toList())
                .hasSize(2)
                .first()
                .isEqualTo("name,pictures,srcc,plcc,krcc,rmse");
        assertThat(ReportFormat.CSV.write(TABLE)).contains("\n\"a_b, \"\"<i>50%</i>\"\" & 'c'\",5,0.8999999999999998,");
        assertThat(ReportFormat.CSV.write(INTERVALS)).startsWith("name,pictures,srcc,srcc_low,srcc_high,plcc,");
    }

    @Test
    void latexHasNoCommandsFromNames() {
        assertThat(ReportFormat.LATEX.write(TABLE)).isEqualTo("""
                % no fit; no intervals; needs \\usepackage{booktabs}
                \\begin{tabular}{lrrrrr}
                \\toprule
                data set & images & SRCC & PLCC & KRCC & RMSE \\\\
                \\midrule
                a\\_b, "<i>50\\%</i>" \\& 'c' & 5 & 0.9000 & 0.9000 & 0.8000 & 0.6325 \\\\
                \\bottomrule
                \\end{tabular}
                """);
        assertThat(ReportFormat.LATEX.write(INTERVALS)).contains("\n\\quad from &  & ");
        assertThat(Latex.escape("\\~^{}$#–−"))
                .isEqualTo("\\textbackslash{}\\textasciitilde{}\\textasciicircum{}\\{\\}\\$\\#--$-$");
    }

    @Test
    void aCaptionCannotLeaveItsLatexComment() {
        Grid grid = new Grid(List.of("x"), List.of());

        assertThat(Latex.write(grid, "a\nb").lines().findFirst()).contains("% a b; needs \\usepackage{booktabs}");
    }

    @Test
    void jsonHasAllDigitsAndTheSettings() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ReportFormat.JSON.write(INTERVALS));
        Interval interval = INTERVALS.reports().get(0).estimates().values().stream()
                .findFirst()
                .orElseThrow()
                .interval()
                .orElseThrow();

        assertThat(root.get("settings").get("resamples").intValue()).isEqualTo(50);
        assertThat(root.get("data_sets")).hasSize(2);
        assertThat(root.get("data_sets").get(0).get("name").textValue()).isEqualTo(Evaluations.NAME);
        assertThat(root.get("data_sets")
                        .get(0)
                        .get("metrics")
                        .get("srcc")
                        .get("low")
                        .doubleValue())
                .isEqualTo(interval.low());
        assertThat(root.get("mean").get("pictures").intValue()).isEqualTo(10);
    }

    @Test
    void whatIsUndefinedIsNullInJson() throws IOException {
        Map<Metric, Estimate> estimates = Map.of(Metric.SRCC, new Estimate(Double.NaN, Optional.empty()));
        EvaluationReport report = new EvaluationReport(
                "x", 2, OptionalInt.empty(), Optional.empty(), estimates, 0, Optional.empty(), List.of());
        String json =
                ReportFormat.JSON.write(new EvaluationTable(Evaluations.SETTINGS, List.of(report), Optional.empty()));

        assertThat(new ObjectMapper()
                        .readTree(json)
                        .at("/data_sets/0/metrics/srcc/value")
                        .isNull())
                .isTrue();
    }

    @Test
    void jsonHoldsTheWarnings() throws IOException {
        EvaluationSettings settings = EvaluationSettings.standard().withResamples(1);
        EvaluationSet set = Evaluations.reversed();
        String warning =
                "<reversed>: the fitted curve falls where the predictions rise, so SRCC (fit), PLCC (fit) and RMSE"
                        + " (fit) say nothing of this model; go by the raw ones";
        JsonNode evaluation = new ObjectMapper().readTree(ReportFormat.JSON.write(Evaluations.table(settings, set)));
        JsonNode comparison = new ObjectMapper().readTree(ReportFormat.JSON.write(Comparison.of(set, set, settings)));

        String few = "<reversed>: there are only 12 images, and intervals and p-values of fewer than 20 are too narrow";
        assertThat(evaluation.get("warnings")).hasSize(2);
        assertThat(evaluation.at("/warnings/0").textValue()).isEqualTo(few);
        assertThat(evaluation.at("/warnings/1").textValue()).isEqualTo(warning);
        assertThat(comparison.get("warnings")).hasSize(3);
        assertThat(comparison.at("/warnings/0").textValue()).isEqualTo(few);
        assertThat(comparison.at("/warnings/2").textValue()).isEqualTo(warning);
        assertThat(new ObjectMapper().readTree(ReportFormat.JSON.write(TABLE)).get("warnings"))
                .isEmpty();
    }

    @Test
    void aComparisonNamesTheFilesAndItsRowsTheMetrics() throws IOException {
        assertThat(ReportFormat.TABLE.write(COMPARISON))
                .startsWith("""
                        metric       A       B    B − A     from       to       p  better
                        SRCC    0.9000  0.9000  +0.0000  +0.0000  +0.0000  1.0000
                        """)
                .endsWith("5 images; paired, 95 % intervals from 50 bootstrap resamples, seed 0\n");
        assertThat(ReportFormat.CSV.write(COMPARISON))
                .startsWith("metric,a,b,difference,low,high,p\nsrcc,0.8999999999999998,");
        assertThat(ReportFormat.LATEX.write(COMPARISON)).contains("B $-$ A");
        JsonNode root = new ObjectMapper().readTree(ReportFormat.JSON.write(COMPARISON));
        assertThat(root.get("metrics").get("krcc").get("p").doubleValue()).isEqualTo(1);
    }
}
