package io.github.deqa4j.image.tiff;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** One ImageIO plug-in, chosen by its class, so that what else is installed does not matter. */
interface Plugin {
    /** Where the plug-in's readers come from. */
    ImageReaderSpi provider();

    /** What to do with a reader. */
    interface Action<T> {
        T apply(ImageReader reader) throws IOException;
    }

    /** Reads from memory: ImageIO's own streams would write a temporary file or copy. */
    default <T> T read(byte[] encoded, Action<T> action) throws IOException {
        ImageReader reader = provider().createReaderInstance();
        try (ImageInputStream input = new ByteArrayImageInputStream(encoded)) {
            reader.setInput(input, false, true);
            return action.apply(reader);
        } finally {
            reader.dispose();
        }
    }
}
