package io.github.deqa4j.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a JSON text, in words for its author: the parser's own speak of its insides. */
public final class JsonProblem {
    private static final String CUT_SHORT = "the text ends too soon";

    private static final Pattern CHARACTER =
            Pattern.compile("Unexpected character \\((.+?) \\(code .*", Pattern.DOTALL);
    private static final Pattern TOKEN =
            Pattern.compile("(?:Unrecognized token|Non-standard token) '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);
    private static final Pattern MARK =
            Pattern.compile("Unexpected close marker '(.)': expected '(.)'.*", Pattern.DOTALL);

    private JsonProblem() {}

    /** The place, as far as the parser knows it, and the reason: {@code line 2, column 7: this is not valid JSON: …} */
    public static String sentence(JsonProcessingException e) {
        return sentence(e, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    }

    /** The same for a text that stands in one line of a file. */
    public static String sentence(JsonProcessingException e, int line) {
        JsonLocation location = e.getLocation(); // null where a limit of the parser is passed
        String column = location == null ? "" : ", column " + location.getColumnNr();
        return "line " + line + column + ": this is not valid JSON: " + reason(e);
    }

    /** Whether the text is the start of a longer one. */
    public static boolean isCutShort(JsonProcessingException e) {
        return e.getOriginalMessage().startsWith("Unexpected end-of-input"); // not always a JsonEOFException
    }

    /** The reason in one line. */
    public static String reason(JsonProcessingException e) {
        if (isCutShort(e)) {
            return CUT_SHORT;
        }
        if (e instanceof StreamConstraintsException) {
            return limit(e.getOriginalMessage());
        }
        if (e instanceof MismatchedInputException) {
            return "something stands after the end of the JSON value";
        }
        String message = e.getOriginalMessage();
        Matcher twice = TWICE.matcher(message);
        if (twice.matches()) {
            return "the key \"" + Excerpt.of(twice.group(1)) + "\" stands twice";
        }
        Matcher mark = MARK.matcher(message);
        if (mark.matches()) {
            return "there is " + mark.group(1) + " where " + mark.group(2) + " must stand";
        }
        Matcher token = TOKEN.matcher(message);
        if (token.matches()) {
            return "there is " + Excerpt.of(token.group(1)) + " where a value must stand";
        }
        Matcher character = CHARACTER.matcher(message);
        if (character.matches()) {
            return "there is " + Excerpt.of(character.group(1)) + " where it cannot stand";
        }
        return "a text or a number is not written as JSON writes it";
    }

    private static String limit(String message) {
        if (message.contains("nesting")) {
            return "it is nested too deeply";
        }
        return message.startsWith("Token") || message.startsWith("Document")
                ? "it is too long"
                : "a name, text or number in it is too long";
    }
}
