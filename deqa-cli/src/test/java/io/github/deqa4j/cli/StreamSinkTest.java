package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Outcome;
import io.github.deqa4j.score.View;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamSinkTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(new BufferedOutputStream(bytes), false, StandardCharsets.UTF_8);

    /** What is printed to standard error meanwhile then never lands inside a row. */
    @Test
    void aRowIsWrittenTogetherWithItsEndOfLine() {
        for (RowFormat format : List.of(
                new TableFormat(new RowFormat.TableLayout(12), Optional.of(0.8)),
                new CsvFormat(false, "model", View.WHOLE),
                new JsonLinesFormat("model", View.WHOLE))) {
            bytes.reset();
            try (StreamSink sink = new StreamSink(out, format)) {
                sink.accept(row("a.png"));
                assertThat(text()).endsWith("\n");
                sink.accept(row("b.png"));
                String whole = text();
                assertThat(whole).endsWith("\n").doesNotContain("\n\n");

                assertThat(sink.finish()).isEqualTo(2);
                assertThat(text()).isEqualTo(whole);
            }
        }
    }

    @Test
    void anArrayHasCommasBetweenItsRows() {
        try (StreamSink sink = new StreamSink(out, new JsonArrayFormat(new JsonLinesFormat("model", View.WHOLE)))) {
            sink.accept(row("a.png"));
            sink.accept(row("b.png"));
            sink.finish();
        }
        assertThat(text())
                .isEqualTo(
                        "[\n  {\"path\":\"a.png\",\"error\":\"damaged\"},\n  {\"path\":\"b.png\",\"error\":\"damaged\"}\n]\n");
    }

    private static ScoreRow row(String name) {
        return ScoreRow.of(new Outcome.Failed<>(ImageList.Entry.image(name), new DeqaException("damaged")));
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
