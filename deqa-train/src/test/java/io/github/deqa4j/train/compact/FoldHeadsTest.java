package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.ResultFile;
import io.github.deqa4j.dataset.ResultRow;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.compact.FoldHeads.Fold;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two folds of images whose noise lowers their rating; every fourth image is in the second one. */
class FoldHeadsTest {
    private static final int IMAGES = 32;

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private List<Fold> folds = List.of();

    @BeforeEach
    void prepare() throws IOException {
        model = folder.resolve("model");
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), model, 1);
        Files.createDirectory(folder.resolve("images"));
        for (int i = 0; i < IMAGES; i++) {
            writeImage(i);
        }
        folds = List.of(fold("a", i -> i % 4 != 3), fold("b", i -> i % 4 == 3));
    }

    @Test
    void eachFoldHasTheResultsOfItsOwnImages() {
        write("results");

        List<ResultRow> rows = results("results", "b");
        assertThat(rows)
                .extracting(ResultRow::image)
                .containsExactly("3.png", "7.png", "11.png", "15.png", "19.png", "23.png", "27.png", "31.png");
        assertThat(rows.get(0).gtScore()).hasValue(90.625);
        assertThat(rows.get(0).model()).hasValue("heads on a frozen trunk");
        assertThat(results("results", "a")).hasSize(24);
    }

    @Test
    void theSameMaterialGivesTheSameBytes() {
        write("first");
        write("second");

        assertThat(folder.resolve("first/predictions_a.jsonl"))
                .hasSameBinaryContentAs(folder.resolve("second/predictions_a.jsonl"));
    }

    @Test
    void theRatingsOfAFoldDoNotMatterForItsResults() {
        write("first");
        MetaFile.of(IntStream.range(0, IMAGES)
                        .filter(i -> i % 4 == 3)
                        .mapToObj(i -> row(i, 50))
                        .toList())
                .write(folds.get(1).test());
        write("second");

        assertThat(results("second", "b"))
                .extracting(ResultRow::logits)
                .isEqualTo(results("first", "b").stream().map(ResultRow::logits).toList());
    }

    @Test
    void eachImageIsOneStep() {
        int[] steps = {0};
        FoldHeads.write(files(), folds, folder.resolve("images"), () -> steps[0]++, folder.resolve("results"));

        assertThat(steps[0])
                .isEqualTo(IMAGES)
                .isEqualTo(FoldHeads.images(folds, folder.resolve("images")).size());
    }

    @Test
    void aRowWithoutAStdIsNamed() throws IOException {
        Path train = folds.get(1).train();
        Files.writeString(train, Files.readString(train).replaceFirst("\"std\": 20.0", "\"std\": null"));

        assertRefused(train
                + ": the row \"0.png->100.0\" lacks \"level_probs\" or \"std\"; generate the labels, from opinions "
                + "with a std");
    }

    @Test
    void anImageThatIsNotThereIsNamed() throws IOException {
        Files.delete(folder.resolve("images/3.png"));

        assertRefused(folds.get(0).train() + ": it names an image that is not there: " + folder.resolve("images/3.png")
                + "; name the folder of the images");
    }

    @Test
    void resultsThatAreThereStay() throws IOException {
        Path other = Files.writeString(
                Files.createDirectory(folder.resolve("results")).resolve("file"), "kept");

        assertThatThrownBy(() -> write("results"))
                .hasMessage(
                        folder.resolve("results") + ": there are files here already; name another folder to write to");
        assertThat(other).hasContent("kept");
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> write("results"))
                .isInstanceOf(DeqaException.class)
                .hasMessage(problem);
        assertThat(folder.resolve("results")).doesNotExist();
    }

    private void write(String output) {
        FoldHeads.write(files(), folds, folder.resolve("images"), () -> {}, folder.resolve(output));
    }

    private ModelFiles files() {
        return ModelFiles.open(Optional.of(model), Optional.empty(), Optional.empty());
    }

    private List<ResultRow> results(String output, String fold) {
        return ResultFile.read(folder.resolve(output).resolve("predictions_" + fold + ".jsonl"))
                .rows();
    }

    private Fold fold(String name, IntPredicate test) {
        Fold fold = new Fold(name, folder.resolve("train_" + name + ".json"), folder.resolve("test_" + name + ".json"));
        meta(fold.train(), test.negate());
        meta(fold.test(), test);
        return fold;
    }

    private static void meta(Path file, IntPredicate images) {
        MetaFile.of(IntStream.range(0, IMAGES)
                        .filter(images)
                        .mapToObj(i -> row(i, 100 - 100.0 * i / IMAGES))
                        .toList())
                .write(file);
    }

    /** A rating from 0 to 100, whose label is the nearest level. */
    private static MetaRow row(int image, double score) {
        double level = 1 + score / 25;
        double[] label = new double[5];
        label[5 - (int) Math.round(level)] = 1;
        return new MetaRow(
                image + ".png->" + score,
                image + ".png",
                MetaRow.TaskType.SCORE,
                Optional.of(new MetaRow.Truth(score, level, OptionalDouble.of(20), OptionalDouble.of(0.8))),
                Optional.of(new MetaRow.Label(Optional.empty(), LevelValues.of(label))),
                List.of());
    }

    /** A gradient with noise, the more the later the image comes. */
    private void writeImage(int number) throws IOException {
        SplittableRandom random = new SplittableRandom(number);
        BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double value = 60 + 2 * x + 4.0 * number * (random.nextDouble() - 0.5);
                image.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, value)));
            }
        }
        ImageIO.write(image, "png", folder.resolve("images/" + number + ".png").toFile());
    }
}
