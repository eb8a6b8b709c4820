package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static ImportedImage image(String image) {
        return ImportedImage.of(Opinion.of(image, 3, OptionalDouble.empty()));
    }

    private static ImportedDataset dataset(List<ImportedImage> images) {
        return new ImportedDataset("test", PublishedFacts.rated(Optional.empty()), images, List.of());
    }

    private static ImportedDataset numbered(int count) {
        return dataset(IntStream.range(0, count).mapToObj(i -> image("p" + i)).toList());
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
        assertThat(numbered(100).images()).containsSubsequence(one.train()).containsSubsequence(one.test());
    }

    @Test
    void theRatioCountsReferencesAndNotImages() {
        List<ImportedImage> images = IntStream.range(0, 100)
                .mapToObj(i -> image("p" + i).withReference(i < 91 ? "big" : "r" + i))
                .toList();

        Split split = Split.of(dataset(images), SplitSettings.drawn(0.5, 3));

        assertThat(split.crossing()).isEmpty();
        assertThat(Set.of(split.train().size(), split.test().size())).isEqualTo(Set.of(5, 95));
    }

    @Test
    void aListNamesTheTestByPathOrByName() {
        ImportedDataset dataset = dataset(List.of(image("a/1.png"), image("a/2.png"), image("3.png")));

        Split split = Split.of(dataset, SplitSettings.standard().withTest(Set.of("2.png", "a/1.png")));

        assertThat(split.test()).extracting(ImportedImage::path).containsExactly("a/1.png", "a/2.png");
        assertThat(split.train()).extracting(ImportedImage::path).containsExactly("3.png");
    }

    @Test
    void namesThatTheDataSetDoesNotHaveAreOneSentence() {
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> Split.of(numbered(3), SplitSettings.standard().withTest(Set.of("p1", "q1", "q2"))))
                .withMessage("the list of test images names 2 that the data set does not have: \"q1\", \"q2\"");
    }

    @Test
    void whatCannotBePartedIsOneSentence() {
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> Split.of(numbered(1), SplitSettings.standard()))
                .withMessage("a split needs at least two images (or references), and there are 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitSettings.drawn(1, 0))
                .withMessage("the split ratio is 1.0; it must lie between 0 and 1");
    }
}
