package io.github.deqa4j.cli;

/** A JSON array of the objects that {@link JsonLinesFormat} prints. */
final class JsonArrayFormat implements RowFormat {
    private final JsonLinesFormat objects;

    JsonArrayFormat(JsonLinesFormat objects) {
        this.objects = objects;
    }

    @Override
    public String header() {
        return "[";
    }

    @Override
    public String row(ScoreRow row) {
        return "\n  " + objects.row(row);
    }

    @Override
    public String end() {
        return ""; // a comma may follow
    }

    @Override
    public String separator() {
        return ",";
    }

    @Override
    public String footer(boolean anyRow) {
        return anyRow ? "\n]\n" : "]\n";
    }
}
