package io.github.deqa4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.SkippedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsSummaryTest {
    @Test
    void theCountsOfAllModulesAreAdded(@TempDir Path folder) throws IOException {
        Path one = module(folder, "one", "DEQA_DATA 2\nDEQA_GOLDEN 3\n");
        Path other = module(folder, "other", "DEQA_GOLDEN 40\n");
        Path none = Files.createDirectory(folder.resolve("none"));

        assertThat(SkippedTests.sum(List.of(one, other, none))).isEqualTo(Map.of("DEQA_DATA", 2, "DEQA_GOLDEN", 43));
    }

    @Test
    void aLineSaysWhatWouldRunThem() {
        assertThat(SkippedTestsSummary.lines(Map.of("DEQA_GOLDEN", 43)))
                .containsExactly("43 tests were skipped because DEQA_GOLDEN is not set (the folder of outputs of the"
                        + " authors' code that are not part of the project)");
        assertThat(SkippedTestsSummary.lines(Map.of("DEQA_DATA", 1)))
                .containsExactly("1 test was skipped because DEQA_DATA is not set (the folder of training material)");
        assertThat(SkippedTestsSummary.lines(Map.of("chromium", 20)))
                .containsExactly(
                        "20 tests were skipped because chromium is not installed (the browser, with chromedriver,"
                                + " that tries the server's page)");
        assertThat(SkippedTestsSummary.lines(Map.of("DEQA_OTHER", 2)))
                .containsExactly("2 tests were skipped because DEQA_OTHER is missing (see CONTRIBUTING.md)");
        assertThat(SkippedTestsSummary.lines(Map.of())).isEmpty();
    }

    private static Path module(Path folder, String name, String counts) throws IOException {
        Path module = folder.resolve(name);
        Files.writeString(Files.createDirectories(module.resolve("target")).resolve("skipped-tests"), counts);
        return module;
    }
}
