package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.Opinion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static ImportedPicture picture(String image) {
        return ImportedPicture.of(Opinion.of(image, 3, OptionalDouble.empty()));
    }

    private static ImportedDataset dataset(List<ImportedPicture> pictures) {
        return new ImportedDataset("test", DatasetFacts.rated(Optional.empty()), pictures, List.of());
    }

    private static ImportedDataset numbered(int count) {
        return dataset(IntStream.range(0, count).mapToObj(i -> picture("p" + i)).toList());
    }

    @Test
    void theRatioIsTheShareForTraining() {
        assertThat(Split.of(numbered(10), SplitSettings.standard()).train()).hasSize(8);
        assertThat(Split.of(numbered(10), SplitSettings.drawn(0.01, 1)).train()).hasSize(1);
        assertThat(Split.of(numbered(10), SplitSettings.drawn(0.99, 1)).test()).hasSize(1);
    }

    @Test
    void anotherSeedDrawsAnotherSplitAndOrderStays() {
        Split one = Split.of(numbered(100), SplitSettings.drawn(0.5, 1));

        assertThat(Split.of(numbered(100), SplitSettings.drawn(0.5, 2)).test()).isNotEqualTo(one.test());
        assertThat(numbered(100).pictures()).containsSubsequence(one.train()).containsSubsequence(one.test());
    }

    @Test
    void theRatioCountsReferencesAndNotPictures() {
        List<ImportedPicture> pictures = IntStream.range(0, 100)
                .mapToObj(i -> picture("p" + i).withReference(i < 91 ? "big" : "r" + i))
                .toList();

        Split split = Split.of(dataset(pictures), SplitSettings.drawn(0.5, 3));

        assertThat(split.crossing()).isEmpty();
        assertThat(Set.of(split.train().size(), split.test().size())).isEqualTo(Set.of(5, 95));
    }

    @Test
    void aListNamesTheTestByPathOrByName() {
        ImportedDataset dataset = dataset(List.of(picture("a/1.png"), picture("a/2.png"), picture("3.png")));

        Split split = Split.of(dataset, SplitSettings.standard().withTest(Set.of("2.png", "a/1.png")));

        assertThat(split.test()).extracting(ImportedPicture::image).containsExactly("a/1.png", "a/2.png");
        assertThat(split.train()).extracting(ImportedPicture::image).containsExactly("3.png");
    }

    @Test
    void namesThatTheDataSetDoesNotHaveAreOneSentence() {
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> Split.of(numbered(3), SplitSettings.standard().withTest(Set.of("p1", "q1", "q2"))))
                .withMessage("the list of test pictures names 2 that the data set does not have: \"q1\", \"q2\"");
    }

    @Test
    void whatCannotBePartedIsOneSentence() {
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> Split.of(numbered(1), SplitSettings.standard()))
                .withMessage("a split needs at least two pictures (or references), and there are 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitSettings.drawn(1, 0))
                .withMessage("the split ratio is 1.0; it must lie between 0 and 1");
    }
}
