/**
 * The network on libtorch.
 *
 * <p>The packages exported to everyone are the API. The others serve the modules named and may change in any version.
 */
module io.github.deqa4j.torch {
    requires transitive io.github.deqa4j.core;
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires jdk.management;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.openblas;
    requires org.bytedeco.pytorch;

    exports io.github.deqa4j.torch;
    exports io.github.deqa4j.torch.bench to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.torch.compact to
            io.github.deqa4j.train;
    exports io.github.deqa4j.torch.distributed to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.torch.load to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.torch.lora to
            io.github.deqa4j.train;
    exports io.github.deqa4j.torch.loss to
            io.github.deqa4j.train;
    exports io.github.deqa4j.torch.model to
            io.github.deqa4j.train;
    exports io.github.deqa4j.torch.network to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.torch.nn to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.torch.quantize to
            io.github.deqa4j.cli;

    // Jackson reads and writes the records of settings and reports.
    opens io.github.deqa4j.torch.bench to
            com.fasterxml.jackson.databind;
    opens io.github.deqa4j.torch.lora to
            com.fasterxml.jackson.databind;
    opens io.github.deqa4j.torch.loss to
            com.fasterxml.jackson.databind;
    opens io.github.deqa4j.torch.nn to
            com.fasterxml.jackson.databind;
    opens io.github.deqa4j.torch.quantize to
            com.fasterxml.jackson.databind;
}
