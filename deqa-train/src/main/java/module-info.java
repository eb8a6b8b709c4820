/** Training. Its packages serve the command line and may change in any version. */
module io.github.deqa4j.train {
    requires transitive io.github.deqa4j.data;
    requires transitive io.github.deqa4j.torch;
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires hipparchus.core;
    requires org.bytedeco.pytorch;

    exports io.github.deqa4j.train to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.train.checkpoint to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.train.compact to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.train.config to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.train.data to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.train.report to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.train.verify to
            io.github.deqa4j.cli;

    // Jackson reads and writes the records of settings and of a checkpoint's state.
    opens io.github.deqa4j.train.checkpoint to
            com.fasterxml.jackson.databind;
    opens io.github.deqa4j.train.config to
            com.fasterxml.jackson.databind;
    opens io.github.deqa4j.train.distortion to
            com.fasterxml.jackson.databind;
}
