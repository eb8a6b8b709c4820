package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Writes JSON byte for byte as Python's {@code json.dumps} does. */
final class PythonJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();
    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withRootSeparator("")
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    private static final DefaultIndenter INDENT = new DefaultIndenter("    ", "\n");

    private PythonJson() {}

    /** Writes a file with an indent of 4 and no newline at its end. */
    static void writeFile(Path target, Body body) {
        try (AtomicFile file = new AtomicFile(target)) {
            try (JsonGenerator json = JSON.createGenerator(file.stream())) {
                json.setPrettyPrinter(indented());
                body.write(json);
            }
            file.commit();
        } catch (IOException e) {
            throw new DeqaException(target + ": writing failed (" + e.getMessage() + "); free some space", e);
        }
    }

    /** Writes a value in one line. */
    static String line(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(inOneLine());
            body.write(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** A number with the fewest digits. */
    static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(ShortestDecimal.of(value));
    }

    /** A number, or null. */
    static void number(JsonGenerator json, String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            number(json, name, value.getAsDouble());
        } else {
            json.writeNullField(name);
        }
    }

    private static PrettyPrinter indented() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(SEPARATORS);
        printer.indentArraysWith(INDENT);
        printer.indentObjectsWith(INDENT);
        return printer;
    }

    private static PrettyPrinter inOneLine() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                SEPARATORS.withObjectEntrySpacing(Spacing.AFTER).withArrayValueSpacing(Spacing.AFTER));
        printer.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
        printer.indentObjectsWith(DefaultPrettyPrinter.NopIndenter.instance);
        return printer;
    }

    /** What writes one value. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
