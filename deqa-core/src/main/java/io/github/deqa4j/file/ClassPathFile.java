package io.github.deqa4j.file;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Optional;

/**
 * A file on the class path, wherever that keeps it: in a folder, in a jar, in a jar within a jar. It is read into memory;
 * nothing is unpacked to disk.
 */
public final class ClassPathFile {
    private final URL place;

    private ClassPathFile(URL place) {
        this.place = place;
    }

    /** The file of a name, with slashes between its folders, that a class loader finds first. */
    public static Optional<ClassPathFile> find(ClassLoader loader, String name) {
        return Optional.ofNullable(loader.getResource(name)).map(ClassPathFile::new);
    }

    /**
     * All of it.
     *
     * @throws DeqaException if it cannot be read; the message names the place
     */
    public byte[] bytes() {
        try {
            URLConnection connection = place.openConnection();
            connection.setUseCaches(false); // a cached jar stays open, and is not read anew when it was replaced
            try (InputStream stream = connection.getInputStream()) {
                return stream.readAllBytes();
            }
        } catch (IOException e) {
            throw new DeqaException(place + ": this file of the class path cannot be read (" + e + ")", e);
        }
    }

    /** Where it is, as messages call it. */
    @Override
    public String toString() {
        return place.toString();
    }
}
