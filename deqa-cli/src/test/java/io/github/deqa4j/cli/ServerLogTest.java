package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ServerLogTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    @Test
    void anEntryIsOneLineOfText() {
        assertThat(new ServerLog(false).format(entry("some.library", "a\nb \u001b[31m")))
                .isEqualTo("2026-01-02T03:04:05.678Z WARNING a\\nb \\u001b[31m\n");
    }

    @Test
    void anErrorIsInTheLogWithItsPlace() {
        LogRecord entry = entry("some.library", "failed");
        entry.setThrown(new IllegalStateException("no"));
        assertThat(new ServerLog(false).format(entry))
                .startsWith("2026-01-02T03:04:05.678Z WARNING failed\njava.lang.IllegalStateException: no\n\tat ");
    }

    @Test
    void anEntryIsOneObjectOfJson() throws JsonProcessingException {
        LogRecord entry = entry("some.library", "a\nb");
        entry.setThrown(new IllegalStateException("no"));
        String line = new ServerLog(true).format(entry);
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        JsonNode json = new JsonMapper().readTree(line);
        assertThat(json.get("time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(json.get("level").asText()).isEqualTo("WARNING");
        assertThat(json.get("logger").asText()).isEqualTo("some.library");
        assertThat(json.get("message").asText()).isEqualTo("a\nb");
        assertThat(json.get("error").asText()).startsWith("java.lang.IllegalStateException: no\n\tat ");
    }

    @Test
    void linesOfRequestsStayAsTheServerMadeThem() {
        LogRecord entry = entry("io.github.deqa4j.server.requests", "{\"id\":\"1\"}");
        assertThat(new ServerLog(true).format(entry)).isEqualTo("{\"id\":\"1\"}\n");
        assertThat(new ServerLog(false).format(entry)).isEqualTo("{\"id\":\"1\"}\n");
    }

    private static LogRecord entry(String logger, String message) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName(logger);
        entry.setInstant(TIME);
        return entry;
    }
}
