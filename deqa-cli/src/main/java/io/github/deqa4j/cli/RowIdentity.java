package io.github.deqa4j.cli;

import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.View;
import java.util.Optional;

/** What the rows of one file have in common: the model that gives the scores, and how images are shown to it. */
record RowIdentity(ModelInfo model, View view, DetailSettings detail) {
    /** The text of the field "model". */
    String line() {
        return model.identity(view, detail);
    }

    /** In what the field of another row differs; empty if it does not. */
    Optional<String> difference(String line) {
        return model.difference(line, view, detail);
    }
}
