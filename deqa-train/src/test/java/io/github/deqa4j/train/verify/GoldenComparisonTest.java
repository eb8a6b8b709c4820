package io.github.deqa4j.train.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Training against the authors' code. A further folder is compared with {@code -Ddeqa.golden.model=DIR} (the tokenizer may
 * lie up to two folders above), or with {@code deqa dev verify DIR}.
 */
class GoldenComparisonTest {
    private static final String MODEL = "deqa.golden.model";

    @Test
    void trainingOfTheMiniModelEqualsTheAuthors() {
        assertEqual(Golden.mini().resolve("model"));
    }

    @Test
    void trainingOfTheExternalModelsEqualsTheAuthors() throws IOException {
        try (Stream<Path> models = Files.list(Golden.external("models"))) {
            assertThat(models.filter(GoldenComparison::isPossible))
                    .isNotEmpty()
                    .allSatisfy(GoldenComparisonTest::assertEqual);
        }
    }

    @Test
    void trainingOfTheModelNamedByThePropertyEqualsTheAuthors() {
        String directory = System.getProperty(MODEL);
        Assumptions.assumeTrue(directory != null, () -> MODEL + " is not set");
        assertEqual(Path.of(directory));
    }

    private static void assertEqual(Path directory) {
        List<Difference> differences = GoldenComparison.run(directory, Optional.empty());
        assertThat(differences).hasSizeGreaterThan(500);
        assertThat(differences)
                .as("training of %s", directory)
                .filteredOn(difference -> !(difference.error() <= GoldenComparison.TOLERANCE))
                .isEmpty();
    }
}
