package io.github.deqa4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.SplitFile;
import io.github.deqa4j.label.LabelGenerator.LabeledSet;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/**
 * The files that the authors released for KonIQ.
 *
 * <p>The values of the density differ from theirs by a share of at most 2⁻⁵¹, because NumPy takes its own
 * exponential on processors with AVX-512; everything that follows from them is held to 1e-12, all else is the same to the
 * last digit.
 */
class ReleasedLabelsTest {
    private static final double LAST_PLACES = 0x1p-51;

    @TempDir
    Path folder;

    @Test
    void theTestFileIsTheSameToTheByte() {
        Path file = folder.resolve("test.json");
        generate(LabelMethod.PDF).test().write(file);
        assertThat(file).hasSameBinaryContentAs(Golden.external("labels/test_koniq.expected.json"));
    }

    @Test
    void theTrainingFileIsTheSameButForTheQuestions() throws IOException {
        Path file = folder.resolve("train.json");
        generate(LabelMethod.PDF).train().write(file);
        JsonNode ours = Golden.json(file);
        JsonNode theirs = releasedTraining();

        assertThat(ours).hasSize(theirs.size()).hasSize(7046);
        for (int i = 0; i < theirs.size(); i++) {
            assertThat(keys(ours.get(i))).containsExactlyElementsOf(keys(theirs.get(i)));
            for (String key : List.of("id", "image", "gt_score", "gt_score_norm", "std", "std_norm")) {
                assertThat(ours.get(i).get(key)).isEqualTo(theirs.get(i).get(key));
            }
            assertThat(ours.get(i).get("conversations").get(1))
                    .isEqualTo(theirs.get(i).get("conversations").get(1));
            assertValues(ours.get(i).get("level_probs_org"), theirs.get(i).get("level_probs_org"), LAST_PLACES, 0);
            assertValues(ours.get(i).get("level_probs"), theirs.get(i).get("level_probs"), 0, 1e-12);
        }
    }

    @Test
    void theSummariesAreThoseThatTheAuthorsPrint() {
        for (LabelMethod method : List.of(LabelMethod.PDF, LabelMethod.CDF)) {
            LabelSummary ours = generate(method).summary();
            JsonNode theirs =
                    Golden.json(Golden.external("labels/summary.expected.json")).get(method.toString());

            assertThat(ours.images()).isEqualTo(theirs.get("all").intValue());
            assertThat(ours.count(SoftLabel.Kind.FALLBACK))
                    .isEqualTo(theirs.get("two_level").intValue());
            assertFigure(ours.correlations().srcc(), theirs.get("srcc"));
            assertFigure(ours.correlations().plcc(), theirs.get("plcc"));
            assertFigure(ours.errors().rawMean().orElseThrow().mae(), theirs.get("raw_diff_l1"));
            assertFigure(ours.errors().rawMean().orElseThrow().rmse(), theirs.get("raw_diff_l2"));
            assertFigure(ours.errors().mean().mae(), theirs.get("diff_l1"));
            assertFigure(ours.errors().mean().rmse(), theirs.get("diff_l2"));
            assertFigure(ours.adjustment().orElseThrow().alpha().mean(), theirs.get("alpha_mean"));
            assertFigure(ours.adjustment().orElseThrow().alpha().std(), theirs.get("alpha_std"));
            assertFigure(ours.adjustment().orElseThrow().beta().mean(), theirs.get("beta_mean"));
            assertFigure(ours.adjustment().orElseThrow().beta().std(), theirs.get("beta_std"));
        }
    }

    @Test
    void momentMatchingIsExactButForNineteenOfAllImages() {
        MosFile mos = MosFile.read(Golden.external("labels/mos.json"));
        SoftLabelBuilder builder = new SoftLabelBuilder(
                LabelSettings.released().withMethod(LabelMethod.MOMENT_MATCHED), MosScale.of(mos.opinions()));
        List<SoftLabel> labels = mos.opinions().stream().map(builder::build).toList();
        LabelSummary summary = LabelSummary.of(labels);

        assertThat(summary.count(SoftLabel.Kind.MATCHED)).isEqualTo(10_054);
        assertThat(summary.count(SoftLabel.Kind.STD_TOO_SMALL)).isEqualTo(15);
        assertThat(summary.count(SoftLabel.Kind.STD_TOO_LARGE)).isEqualTo(4);
        for (SoftLabel label : labels) {
            assertThat(label.probabilities().mean()).isCloseTo(label.mean(), within(1e-9));
            if (label.kind() == SoftLabel.Kind.MATCHED) {
                assertThat(label.probabilities().std()).isCloseTo(label.std().orElseThrow(), within(1e-9));
            }
        }
    }

    @Test
    void thePaperIsReproducedOnAllImages() {
        MosFile mos = MosFile.read(Golden.external("labels/mos.json"));
        LabelSettings released = LabelSettings.released();
        LabelSettings noFallback = released.withFallback(0, Double.POSITIVE_INFINITY);

        assertThat(summary(mos, released.withType(LabelType.ONE_HOT))
                        .errors()
                        .mean()
                        .mae())
                .isCloseTo(0.3025, within(0.0008));
        LabelSummary adjusted = summary(mos, noFallback);
        assertThat(adjusted.errors().rawMean().orElseThrow().mae()).isCloseTo(0.063, within(0.0005));
        assertThat(adjusted.errors().mean().mae()).isCloseTo(0.0082, within(0.00005));
        assertThat(adjusted.errors().std().orElseThrow().mae()).isCloseTo(0.0366, within(0.00005));
        assertThat(adjusted.distances().wasserstein().orElseThrow()).isCloseTo(0.0383, within(0.00005));
        LabelSummary fallback = summary(mos, released);
        assertThat(fallback.count(SoftLabel.Kind.FALLBACK)).isEqualTo(83);
        assertThat(fallback.errors().mean().mae()).isCloseTo(0.0072, within(0.00005));
        assertThat(fallback.errors().std().orElseThrow().mae()).isCloseTo(0.0380, within(0.00005));
        assertThat(fallback.distances().wasserstein().orElseThrow()).isCloseTo(0.0393, within(0.00005));
        assertThat(summary(mos, released.withMethod(LabelMethod.CDF)).count(SoftLabel.Kind.FALLBACK))
                .isEqualTo(138);
    }

    private static LabelSummary summary(MosFile mos, LabelSettings settings) {
        SoftLabelBuilder builder = new SoftLabelBuilder(settings, MosScale.of(mos.opinions()));
        return LabelSummary.of(mos.opinions().stream().map(builder::build).toList());
    }

    private static LabeledSet generate(LabelMethod method) {
        return new LabelGenerator(
                        LabelSettings.released().withMethod(method), "KONIQ/images", Questions.standard(), 131)
                .generate(
                        MosFile.read(Golden.external("labels/mos.json")),
                        SplitFile.read(Golden.external("labels/split.json")));
    }

    private static JsonNode releasedTraining() throws IOException {
        try (InputStream file = Files.newInputStream(Golden.external("labels/train_koniq.expected.json.xz"));
                XZInputStream json = new XZInputStream(file)) {
            return new ObjectMapper().readTree(json);
        }
    }

    private static List<String> keys(JsonNode row) {
        return row.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static void assertValues(JsonNode ours, JsonNode theirs, double relative, double absolute) {
        assertThat(kinds(ours)).isEqualTo(kinds(theirs));
        for (int i = 0; i < theirs.size(); i++) {
            double value = theirs.get(i).doubleValue();
            assertThat(Math.abs(ours.get(i).doubleValue() - value)).isLessThanOrEqualTo(relative * value + absolute);
        }
    }

    /** Which of the values are whole numbers, as a clipped one is. */
    private static List<Boolean> kinds(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::isIntegralNumber)
                .toList();
    }

    private static void assertFigure(double ours, JsonNode theirs) {
        assertThat(ours).isCloseTo(theirs.doubleValue(), within(1e-12));
    }
}
