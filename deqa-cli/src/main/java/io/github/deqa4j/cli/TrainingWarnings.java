package io.github.deqa4j.cli;

import io.github.deqa4j.train.TrainingListener;

/** Prints warnings alone: for every rank but the first. */
record TrainingWarnings(Terminal terminal) implements TrainingListener {
    @Override
    public void warned(String sentence) {
        terminal.err().println("warning: " + sentence);
        terminal.err().flush();
    }
}
