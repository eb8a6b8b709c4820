package io.github.deqa4j.cli;

import io.github.deqa4j.train.TrainingListener;

/** Says only what is odd: for a rank beside the first. */
record TrainingWarnings(Terminal terminal) implements TrainingListener {
    @Override
    public void warned(String sentence) {
        terminal.err().println("warning: " + sentence);
        terminal.err().flush();
    }
}
