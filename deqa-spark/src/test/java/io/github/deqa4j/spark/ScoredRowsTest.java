package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ScoredRowsTest {
    private static final Scorer SCORER = LocalSpark.scorer();

    private final Path image = Golden.mini().resolve("images/s2_56x56.png");
    private int taken;

    @AfterAll
    static void close() {
        SCORER.close();
    }

    @Test
    void everyRowKeepsItsPlaceAndItsValues() throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        List<Row> found = new ArrayList<>();
        try (ScoredRows rows = scored(
                2,
                List.of(row("a", null), row("b", bytes), row("c", new byte[0]), row("d", null), row("e", bytes))
                        .iterator())) {
            rows.forEachRemaining(found::add);
            assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
        }

        assertThat(found).extracting(row -> row.getString(0)).containsExactly("a", "b", "c", "d", "e");
        assertThat(found).extracting(row -> row.get(1)).containsExactly(null, bytes, new byte[0], null, bytes);
        assertThat(found)
                .extracting(row -> row.isNullAt(2) ? "null" : row.getStruct(2).isNullAt(0) ? "error" : "score")
                .containsExactly("null", "score", "error", "null", "score");
        assertThat(found.get(1).getStruct(2).getDouble(0))
                .isEqualTo(SCORER.score(image).score());
    }

    @Test
    void noMoreRowsAreTakenThanAreDecodedAhead() throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        Iterator<Row> many = IntStream.range(0, 50)
                .mapToObj(i -> {
                    taken++;
                    return row("" + i, i % 2 == 0 ? bytes : null);
                })
                .iterator();
        try (ScoredRows rows = scored(3, many)) {
            for (int i = 0; i < 50; i++) {
                rows.next();
                assertThat(taken).isLessThanOrEqualTo(i + 1 + 3);
            }
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void afterTheEndNothingIsScored() throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        ScoredRows rows = scored(
                1, List.of(row("a", bytes), row("b", bytes), row("c", bytes)).iterator());
        rows.next();
        rows.close();
        assertThatThrownBy(rows::next).isInstanceOf(ScorerClosedException.class);
    }

    private static Row row(String name, byte @Nullable [] content) {
        return RowFactory.create(name, content);
    }

    private static ScoredRows scored(int threads, Iterator<Row> rows) {
        return new ScoredRows(SCORER, ViewSettings.defaults(), threads, rows, 1, "content", Configuration::new);
    }
}
