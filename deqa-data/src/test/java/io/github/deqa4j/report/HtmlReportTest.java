package io.github.deqa4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.LogisticCurve;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:src|srcset|href|url)\\s*+[=(]\\s*+[\"']?+(?!data:|#)");

    @TempDir
    Path folder;

    @Test
    void thePageNeedsNothingBesideIt() {
        String page = page(Evaluations.spread(), Optional.empty());

        assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "@import");
        assertThat(ADDRESS.matcher(page).find()).isFalse();
    }

    @Test
    void namesAreEscaped() {
        String page = page(Evaluations.spread(), Optional.empty());

        assertThat(page)
                .contains("<h2>a_b, &quot;&lt;i&gt;50%&lt;/i&gt;&quot; &amp; &#39;c&#39;</h2>", "<b>&lt;3&gt;.png</b>")
                .doesNotContain("<i>", "<3>");
    }

    @Test
    void warningsStandOnThePage() {
        EvaluationSet set = Evaluations.reversed();
        EvaluationTable table =
                Evaluations.table(Evaluations.SETTINGS.withCurve(Optional.of(LogisticCurve.LOGISTIC4)), set);

        assertThat(new HtmlReport(Optional.empty()).write(table, List.of(set)).html())
                .contains(
                        "<p class=\"warning\">&lt;reversed&gt;: the fitted curve falls where the predictions rise, so ");
        assertThat(page(set, Optional.empty())).doesNotContain("class=\"warning\"");
    }

    @Test
    void imagesThatCannotBeShownAreCounted() throws IOException {
        ImageIO.write(
                new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("<3>.png").toFile());
        EvaluationSet set = Evaluations.spread();
        EvaluationTable table = Evaluations.table(Evaluations.SETTINGS, set);

        assertThat(new HtmlReport(Optional.of(folder)).write(table, List.of(set)))
                .returns(5, HtmlReport.Page::images)
                .returns(List.of("<4>.png", "<0>.png", "<1>.png", "<2>.png"), HtmlReport.Page::unshown);
        assertThat(new HtmlReport(Optional.empty()).write(table, List.of(set)).unshown())
                .isEmpty();
    }

    @Test
    void chartsComeForLightAndDark() {
        assertThat(count(page(Evaluations.spread(), Optional.empty()), "<picture>"))
                .isEqualTo(4);
        assertThat(count(page(Evaluations.spread(), Optional.empty()), "media=\"(prefers-color-scheme: dark)\""))
                .isEqualTo(4);
        assertThat(count(page(Evaluations.plain(), Optional.empty()), "<picture>"))
                .isEqualTo(2);
    }

    @Test
    void theImageWithTheLargestErrorComesFirst() throws IOException {
        ImageIO.write(
                new BufferedImage(500, 300, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("<3>.png").toFile());
        String page = page(Evaluations.spread(), Optional.of(folder));
        String worst = page.substring(page.indexOf("<div class=\"worst\">"));

        assertThat(count(worst, "<figure>")).isEqualTo(5);
        assertThat(worst)
                .startsWith("<div class=\"worst\">\n<figure><img alt=\"\" src=\"data:image/jpeg;base64,")
                .contains("<b>&lt;3&gt;.png</b>predicted 4.00 ± 0.66<br>people 5.00 ± 0.70");
        assertThat(count(worst, "<img")).isEqualTo(1); // the others are not in the folder
        String data = worst.substring(worst.indexOf("base64,") + 7, worst.indexOf("\"><figcaption"));
        BufferedImage small =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
        assertThat(small.getWidth()).isEqualTo(240);
        assertThat(small.getHeight()).isEqualTo(144);
    }

    @Test
    void theChartsShowTheFit() {
        EvaluationSet set = Evaluations.spread();
        EvaluationTable table =
                Evaluations.table(Evaluations.SETTINGS.withCurve(Optional.of(LogisticCurve.LOGISTIC4)), set);
        List<Chart> charts = EvaluationCharts.of(set, table.reports().get(0).fit());

        assertThat(charts).extracting(Chart::title).startsWith("Scores", "Residuals");
        assertThat(charts.get(0).series())
                .extracting(Chart.Series::name)
                .containsExactly("images", "equal", "fitted curve");
        assertThat(charts.get(0).series().get(0).points()).contains(new Chart.Point(4, 5));
    }

    @Test
    void residualsAreOpinionsLessPredictions() {
        Chart residuals =
                EvaluationCharts.of(Evaluations.plain(), Optional.empty()).get(1);
        assertThat(residuals.series().get(0).points()).contains(new Chart.Point(4, 1), new Chart.Point(5, -1));
    }

    private static String page(EvaluationSet set, Optional<Path> folder) {
        return new HtmlReport(folder)
                .write(Evaluations.table(Evaluations.SETTINGS, set), List.of(set))
                .html();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
