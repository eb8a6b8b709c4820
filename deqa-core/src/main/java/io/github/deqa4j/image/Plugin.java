package io.github.deqa4j.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
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

    /**
     * A plug-in of the JDK.
     *
     * @param provider name of its provider's class
     */
    static Plugin ofJdk(String provider) {
        return () -> {
            Iterator<ImageReaderSpi> all =
                    IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
            while (all.hasNext()) {
                ImageReaderSpi candidate = all.next();
                if (candidate.getClass().getName().equals(provider)) {
                    return candidate;
                }
            }
            throw new DeqaException("this Java has no " + provider + "; use a complete one with java.desktop");
        };
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
