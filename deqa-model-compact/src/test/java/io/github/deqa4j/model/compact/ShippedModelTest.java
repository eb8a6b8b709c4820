package io.github.deqa4j.model.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.file.ClassPathFile;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Checkout;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.load.BundledModel;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.load.ModelReport;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of this module are a model that can be shipped. */
class ShippedModelTest {
    private static final int MOST_BYTES = 40_000_000;
    private static final int MOST_RELIABILITY_BYTES = 500_000;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 360;
    private static final int LEAVES = 3000;

    @Test
    void everyTensorIsThereInFloat16AndNoneBeside() {
        BundledModel model = BundledModel.find();
        ModelReport report =
                ModelInspector.inspect(model, NetworkArchitecture.of(model).description());

        assertThat(report.missing()).isEmpty();
        assertThat(report.unknown()).isEmpty();
        assertThat(report.misshapen()).isEmpty();
        assertThat(report.parametersByDtype()).containsOnlyKeys("F16");
        assertThat(report.architecture())
                .startsWith("compact: residual trunk of 3 stages (3 × 256, 4 × 512, 6 × 1024)");
    }

    @Test
    void imagesOf512By512AreSeenAsTheyAre() {
        ImageView view = NetworkArchitecture.of(BundledModel.find()).view();

        for (int side : new int[] {512, 513}) {
            RgbImage image = new RgbImage(side, side, new byte[3 * side * side]);
            assertThat(view.seen(image).width()).isEqualTo(512);
        }
    }

    @Test
    void theWeightsAreSmallEnoughToShip() {
        assertThat(file("model.safetensors").bytes()).hasSizeBetween(1_000_000, MOST_BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "MODEL_CARD.md, # deqa-model-compact",
        "LICENSE-resnet50.txt, MIT License",
        "NOTICE-livewild.txt, Copyright (c) 2015 The University of Texas at Austin",
        "NOTICE-cid22.txt, Attribution-ShareAlike 4.0 International"
    })
    void whatMustGoWithThemDoes(String name, String words) {
        assertThat(file(name).bytes()).asString(StandardCharsets.UTF_8).contains(words);
    }

    @Test
    void itSaysHowFarItsScoresCanBeReliedOn() {
        ReliabilityFile file =
                NetworkArchitecture.of(BundledModel.find()).reliability().orElseThrow();

        assertThat(file.interval().coverage()).isEqualTo(0.8);
        assertThat(file(ReliabilityFile.NAME).bytes()).hasSizeLessThan(MOST_RELIABILITY_BYTES);
    }

    @Test
    void aFlatColorIsUnfamiliarAndHasAWideInterval() {
        BufferedImage flat = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            Reliability reliability = scorer.score(flat).reliability().orElseThrow();

            assertThat(reliability.unfamiliar()).isTrue();
            assertThat(reliability.interval().high() - reliability.interval().low())
                    .isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cat.jpg, ''",
        "coffee.jpg, ''",
        "rocket.jpg, ''",
        "cat-blurred.jpg, blur",
        "coffee-compressed.jpg, jpeg",
        "coffee-dark.jpg, under-exposure",
        "coffee-noisy.jpg, noise"
    })
    void itNamesTheFaultOfAWorseImageAndNoneOfAGoodOne(String name, String fault) {
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            List<Fault> faults = scorer.score(Checkout.root().resolve("docs/pictures/" + name))
                    .faults()
                    .orElseThrow();

            assertThat(faults)
                    .extracting(one -> one.kind().toString())
                    .containsExactlyElementsOf(fault.isEmpty() ? List.of() : List.of(fault));
        }
    }

    @Test
    void aImageLooksBetterThanItsBlurredCopy() {
        BufferedImage sharp = leaves();
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            double score = scorer.score(sharp).score();

            assertThat(score)
                    .isBetween(1.0, 5.0)
                    .isGreaterThan(scorer.score(blurred(sharp, 8)).score() + 0.1);
        }
    }

    /** The sizes are no multiples of what a kernel computes at once. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BF16"})
    void inABatchAnImageHasOneScoreAtEveryPlace(Precision precision) {
        List<RgbImage> images = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            byte[] samples = new byte[3 * 161 * 97];
            new SplittableRandom(seed).nextBytes(samples);
            images.add(new RgbImage(161, 97, samples));
        }
        ScorerSettings settings =
                ScorerSettings.defaults().withPrecision(precision).withBatch(4);
        try (Scorer scorer = Scorers.open(ModelSource.bundled(), settings)) {
            List<QualityScore> scores =
                    new ArrayList<>(images.stream().map(scorer::score).toList());
            assertThat(scores).doesNotHaveDuplicates();
            for (int i = 0; i < 4; i++) {
                assertThat(scorer.scoreAll(images)).isEqualTo(scores);
                Collections.rotate(images, 1);
                Collections.rotate(scores, 1);
            }
        }
    }

    private static ClassPathFile file(String name) {
        return ClassPathFile.find(ShippedModelTest.class.getClassLoader(), BundledModel.FOLDER + name)
                .orElseThrow(() -> new AssertionError(BundledModel.FOLDER + name + " is not there"));
    }

    /** Discs that cover each other, many small and few large ones: edges as frequent as in photographs. */
    private static BufferedImage leaves() {
        SplittableRandom random = new SplittableRandom(11);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int i = 0; i < LEAVES; i++) {
            int radius = (int) (3 / Math.sqrt(random.nextDouble(0.001, 1)));
            graphics.setColor(Color.getHSBColor(
                    random.nextInt(360) / 360f, random.nextInt(70) / 100f, random.nextInt(10, 100) / 100f));
            graphics.fillOval(random.nextInt(WIDTH) - radius, random.nextInt(HEIGHT) - radius, 2 * radius, 2 * radius);
        }
        graphics.dispose();
        return image;
    }

    /** Shrunk to the mean of squares, and drawn large again between them. */
    private static BufferedImage blurred(BufferedImage image, int factor) {
        Image small = image.getScaledInstance(WIDTH / factor, HEIGHT / factor, Image.SCALE_AREA_AVERAGING);
        BufferedImage means = drawn(small, WIDTH / factor, HEIGHT / factor);
        return drawn(means, WIDTH, HEIGHT);
    }

    private static BufferedImage drawn(Image image, int width, int height) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return drawn;
    }
}
