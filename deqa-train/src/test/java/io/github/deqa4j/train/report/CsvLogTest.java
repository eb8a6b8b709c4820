package io.github.deqa4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void rowsAreThereAtOnceWithEveryDigit() throws IOException {
        Path file = folder.resolve("log.csv");
        try (CsvLog log = new CsvLog(file, List.of("a", "b"), 0)) {
            log.append(1, 0.1 + 0.2, Double.NaN);
            assertThat(Files.readString(file)).isEqualTo("step,a,b\n1,0.30000000000000004,NaN\n");
        }
        assertThat(CsvLog.read(file)).containsExactly(new double[] {1, 0.1 + 0.2, Double.NaN});
    }

    @Test
    void whatCameAfterTheCheckpointOrWasCutShortIsDropped() throws IOException {
        Path file = folder.resolve("log.csv");
        try (CsvLog log = new CsvLog(file, List.of("a", "b"), 0)) {
            for (int step = 1; step <= 4; step++) {
                log.append(step, step, 0);
            }
        }
        Files.writeString(file, "5,1.", StandardOpenOption.APPEND);
        try (CsvLog log = new CsvLog(file, List.of("a", "b"), 3)) {
            log.append(4, 9, 9);
        }
        assertThat(Files.readString(file)).isEqualTo("step,a,b\n1,1.0,0.0\n2,2.0,0.0\n3,3.0,0.0\n4,9.0,9.0\n");
    }

    @Test
    void aNewRunBeginsANewFile() throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), "step,a\n1,2.0\n");
        new CsvLog(file, List.of("a"), 0).close();
        assertThat(Files.readString(file)).isEqualTo("step,a\n");
    }

    @Test
    void aMissingFileHasNoRows() {
        assertThat(CsvLog.read(folder.resolve("none.csv"))).isEmpty();
    }
}
