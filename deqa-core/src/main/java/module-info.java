/**
 * Scores, images, text and checkpoints: all that needs no native code.
 *
 * <p>The packages exported to everyone are the API. The others serve the modules named and may change in any version.
 */
module io.github.deqa4j.core {
    requires transitive java.desktop;
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.twelvemonkeys.common.io;
    requires com.twelvemonkeys.imageio.core;
    requires com.twelvemonkeys.imageio.tiff;
    requires aircompressor;
    requires java.net.http;
    requires org.tukaani.xz;

    exports io.github.deqa4j;
    exports io.github.deqa4j.image;
    exports io.github.deqa4j.score;
    exports io.github.deqa4j.checkpoint to
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.config to
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.file to
            io.github.deqa4j.data,
            io.github.deqa4j.server,
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.hub to
            io.github.deqa4j.torch,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.image.codec to
            io.github.deqa4j.data,
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.image.prepare to
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.image.reader to
            io.github.deqa4j.data,
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.image.tile to
            io.github.deqa4j.torch;
    exports io.github.deqa4j.reliability to
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.text to
            io.github.deqa4j.data,
            io.github.deqa4j.torch,
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
}
