package io.github.deqa4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.MetaRow.Truth;
import io.github.deqa4j.dataset.MetaRow.Turn;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.dataset.SplitFile;
import io.github.deqa4j.label.LabelGenerator.LabeledSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelGeneratorTest {
    private static final LabelGenerator GENERATOR =
            new LabelGenerator(LabelSettings.released(), "SET", Questions.standard(), 131);
    private static final MosFile MOS = new MosFile(List.of(
            new Opinion("x/a.jpg", 10, OptionalDouble.of(5), "10.0"),
            Opinion.of("b.jpg", 0, OptionalDouble.of(5)),
            Opinion.of("c.jpg", 16, OptionalDouble.of(4)),
            Opinion.of("d.jpg", 20, OptionalDouble.of(5))));

    @Test
    void rowsFollowTheOpinionsAndTheScaleReachesOverAll() {
        LabeledSet set = GENERATOR.generate(MOS, new SplitFile(List.of("c.jpg", "a.jpg"), List.of("b.jpg")));

        assertThat(set.train().rows()).extracting(MetaRow::id).containsExactly("a.jpg->10.0", "c.jpg->16.0");
        assertThat(set.train().rows()).extracting(MetaRow::image).containsExactly("SET/x/a.jpg", "SET/c.jpg");
        assertThat(set.test().rows()).extracting(MetaRow::id).containsExactly("b.jpg->0.0");
        assertThat(set.train().rows().get(1).truth())
                .contains(new Truth(16, 4.2, OptionalDouble.of(4), OptionalDouble.of(0.8)));
        assertThat(set.test().rows().get(0).conversation()).isEmpty();
        assertThat(set.test().rows().get(0).label()).isEmpty();
        assertThat(set.summary().images()).isEqualTo(3);
    }

    @Test
    void aStdWhoseSquareOverflowsIsRefusedWhateverTheLabel() {
        MosFile mos = new MosFile(List.of(
                Opinion.of("a.jpg", 0, OptionalDouble.of(1e200)), Opinion.of("b.jpg", 20, OptionalDouble.of(5))));
        for (LabelType type : LabelType.values()) {
            LabelGenerator generator =
                    new LabelGenerator(LabelSettings.released().withType(type), "", Questions.standard(), 131);
            assertThatThrownBy(() -> generator.generate(mos, new SplitFile(List.of("b.jpg"), List.of("a.jpg"))))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage(
                            "the std of \"a.jpg\" is 1.0E200, more than a million levels where the scores reach from 0.0"
                                    + " to 20.0; bring it to the scale of the scores");
        }
    }

    @Test
    void aSlashAtTheEndOfThePrefixIsNotDoubled() {
        LabeledSet set = new LabelGenerator(LabelSettings.released(), "SET/images/", Questions.standard(), 131)
                .generate(MOS, new SplitFile(List.of("c.jpg"), List.of()));
        assertThat(set.train().rows()).extracting(MetaRow::image).containsExactly("SET/images/c.jpg");
    }

    @Test
    void theAnswerNamesTheLevel() {
        LabeledSet set = GENERATOR.generate(MOS, new SplitFile(List.of("c.jpg"), List.of()));
        assertThat(set.train().rows().get(0).conversation().get(1))
                .isEqualTo(new Turn("gpt", "The quality of the image is good."));
    }

    @Test
    void theSeedDrawsTheQuestions() {
        assertThat(questions(131)).isEqualTo(questions(131)).isNotEqualTo(questions(132));
        assertThat(questions(131)).allSatisfy(question -> assertThat(question).endsWith("\n<|image|>"));
        assertThat(questions(131).stream().distinct().sorted(Comparator.naturalOrder()))
                .hasSameElementsAs(Questions.standard().questions().stream()
                        .map(question -> question + "\n<|image|>")
                        .toList());
    }

    @Test
    void aPseudoStdIsWrittenForTrainingAlone() {
        MosFile mos = new MosFile(List.of(
                Opinion.of("a.jpg", 0, OptionalDouble.empty()), Opinion.of("b.jpg", 100, OptionalDouble.empty())));
        LabelSettings settings = LabelSettings.released().withPseudoStd(OptionalDouble.of(0.5));
        LabeledSet set = new LabelGenerator(settings, "", Questions.standard(), 1)
                .generate(mos, new SplitFile(List.of("a.jpg"), List.of("b.jpg")));

        assertThat(set.train().rows().get(0).truth())
                .contains(new Truth(0, 1, OptionalDouble.of(12.5), OptionalDouble.of(0.5)));
        assertThat(set.train().rows().get(0).image()).isEqualTo("a.jpg");
        assertThat(set.test().rows().get(0).truth())
                .contains(new Truth(100, 5, OptionalDouble.empty(), OptionalDouble.empty()));
    }

    @Test
    void unknownImagesOfTheSplitAreNamed() {
        assertThatThrownBy(() -> GENERATOR.generate(MOS, new SplitFile(List.of("a.jpg", "e.jpg"), List.of("f.jpg"))))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "the split names \"e.jpg\" and 1 more images, of which there are no opinions; correct the split"
                                + " or add the opinions");
    }

    @Test
    void twoImagesOfOneNameAreRefused() {
        MosFile mos = new MosFile(List.of(
                Opinion.of("x/a.jpg", 1, OptionalDouble.of(1)), Opinion.of("y/a.jpg", 2, OptionalDouble.of(1))));
        assertThatThrownBy(() -> GENERATOR.generate(mos, new SplitFile(List.of("a.jpg"), List.of())))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "two images of the opinions are named \"a.jpg\"; a split names images without their folders,"
                                + " so rename one");
    }

    @Test
    void questionsAreReadFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("q.txt"), "\uFEFFGood?\r\n\r\n  Really?  \r\n");
        assertThat(Questions.read(file).questions()).containsExactly("Good?", "Really?");
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> Questions.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": there are no questions; give at least one");
        Files.writeString(file, "Is <|image|> good?");
        assertThatThrownBy(() -> Questions.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file
                        + ": the question \"Is <|image|> good?\" contains <|image|>; leave it out, it is added after"
                        + " the question");
    }

    private static List<String> questions(long seed) {
        List<Opinion> opinions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            opinions.add(Opinion.of(i + ".jpg", i, OptionalDouble.of(20)));
        }
        List<String> names = opinions.stream().map(Opinion::path).toList();
        return new LabelGenerator(LabelSettings.released(), "", Questions.standard(), seed)
                .generate(new MosFile(opinions), new SplitFile(names, List.of())).train().rows().stream()
                        .map(row -> row.conversation().get(0).value())
                        .toList();
    }
}
