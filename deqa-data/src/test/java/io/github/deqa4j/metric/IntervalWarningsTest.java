package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.metric.Estimate.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalWarningsTest {
    private static final EvaluationSettings SETTINGS =
            EvaluationSettings.standard().withCurve(Optional.empty()).withResamples(300);

    @Test
    void fewImagesAreSaid() {
        assertThat(warnings(named(19, i -> "p" + i)))
                .containsExactly(
                        "set: there are only 19 images, and intervals and p-values of fewer than 20 are too narrow");
        assertThat(warnings(named(20, i -> "p" + i))).isEmpty();
        assertThat(EvaluationTable.of(List.of(named(5, i -> "p" + i)), SETTINGS.withResamples(0))
                        .warnings())
                .isEmpty();
    }

    @Test
    void imagesOfReferencesThatAreDrawnOneByOneAreSaid() {
        IntFunction<String> kadid = i -> String.format("images/I%02d_01_%02d.png", i / 5 + 1, i % 5 + 1);

        assertThat(warnings(named(100, kadid)))
                .containsExactly(
                        "set: by their names the 100 images were made from 20 references, and drawn one by one they"
                                + " make intervals and p-values too narrow; draw references");
        assertThat(warnings(named(100, kadid).withReferences(ReferenceLookup.published())))
                .isEmpty();
        assertThat(warnings(named(50, kadid).withReferences(ReferenceLookup.published())))
                .containsExactly(
                        "set: there are only 10 references, and intervals and p-values of fewer than 20 are too narrow");
    }

    @Test
    void publishedNamesTellTheirReferences() {
        ReferenceLookup names = ReferenceLookup.published();

        assertThat(names.find("kadid/I01_02_03.png")).contains("I01");
        assertThat(names.find("i25_24_5.bmp")).contains("I25");
        assertThat(names.find("A0001_00_12.bmp")).contains("A0001");
        assertThat(names.find("jpeg2000/log_seaside.jpeg2000.5.png")).contains("LOG_SEASIDE");
        assertThat(names.find("I01.png")).isEmpty();
        assertThat(names.find("10004473376.jpg")).isEmpty();
        assertThat(names.find("holiday.jpeg")).isEmpty();
    }

    @Test
    void listedNamesAreFoundByPathAndByName() {
        ReferenceLookup names =
                ReferenceLookup.listed(Map.of("a/x.png", "r1", "b/x.png", "r2", "c/y.png", "r3", "d/y.png", "r3"));

        assertThat(names.find("a/x.png")).contains("r1");
        assertThat(names.find("kadid/a/y.png")).contains("r3");
        assertThat(names.find("x.png")).isEmpty();
    }

    @Test
    void aReferenceForSomeImagesAloneIsAnError() {
        ReferenceLookup names = ReferenceLookup.matching(Pattern.compile("^(\\d)"));

        assertThatThrownBy(() -> named(30, i -> i < 28 ? i % 10 + "a.png" : "b" + i + ".png")
                        .withReferences(names))
                .isInstanceOf(DeqaException.class)
                .hasMessage("set: 2 of 30 images have no reference, such as \"b28.png\"; name one for all images or for"
                        + " none");
        assertThat(named(3, i -> "b" + i).withReferences(names).references()).isEmpty();
    }

    /** Predictions whose error is mostly one for all images of a reference, as with other people's images. */
    @Test
    void intervalsOfReferencesAreAsWideAsTheirDifferences() {
        Random random = new Random(7);
        List<EvaluatedImage> images = new ArrayList<>();
        for (int reference = 0; reference < 30; reference++) {
            double truth = 2 + 2 * random.nextDouble();
            double error = 0.4 * random.nextGaussian();
            for (int i = 0; i < 20; i++) {
                double score = Math.min(4.9, Math.max(1.1, truth + error + 0.02 * random.nextGaussian()));
                images.add(new EvaluatedImage(
                        "p" + images.size(), "r" + reference + "_" + i, score, 0.5, truth, Double.NaN));
            }
        }
        EvaluationSet set = new EvaluationSet("set", images);
        double byImage = width(set);
        double byReference = width(set.withReferences(ReferenceLookup.matching(Pattern.compile("^(r\\d+)_"))));

        assertThat(byReference / byImage).isCloseTo(Math.sqrt(20), within(0.9));
    }

    private static double width(EvaluationSet set) {
        EvaluationReport report =
                EvaluationTable.of(List.of(set), SETTINGS).reports().get(0);
        Interval interval =
                report.estimate(Metric.RMSE).orElseThrow().interval().orElseThrow();
        return interval.high() - interval.low();
    }

    private static List<String> warnings(EvaluationSet set) {
        return EvaluationTable.of(List.of(set), SETTINGS).warnings();
    }

    private static EvaluationSet named(int size, IntFunction<String> image) {
        return new EvaluationSet(
                "set",
                IntStream.range(0, size)
                        .mapToObj(i -> new EvaluatedImage(
                                "p" + i,
                                image.apply(i),
                                1 + 4.0 * i / size,
                                0.5,
                                5 - 8.0 * Math.floorDiv(i, 2) / size,
                                Double.NaN))
                        .toList());
    }
}
