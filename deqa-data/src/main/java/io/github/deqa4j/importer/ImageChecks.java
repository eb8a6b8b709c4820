package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks of the images of a data set: whether they are there, and whether each can be read and is there once. */
final class ImageChecks {
    private final ImageFolder folder;
    private final ImportReport.Builder report;
    private final ImageReader reader = new ImageReader(ReaderSettings.standard());

    ImageChecks(ImageFolder folder, ImportReport.Builder report) {
        this.folder = folder;
        this.report = report;
    }

    /**
     * Looks for the images.
     *
     * @param content whether to read every file, too: its pixels, and a hash that shows copies
     */
    void run(List<ImportedImage> images, boolean content) {
        List<String> there = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (ImportedImage image : images) {
            (folder.has(image.path()) ? there : missing).add(image.path());
        }
        if (there.isEmpty()) {
            report.error(folder.root() + ": none of the images is in this folder, such as "
                    + ImportReport.Builder.some(missing));
        } else if (!missing.isEmpty()) {
            report.warn(folder.root() + ": " + missing.size() + " images are missing: "
                    + ImportReport.Builder.some(missing));
        }
        if (content) {
            unreadable(there);
            copies(there);
        }
    }

    private void unreadable(List<String> names) {
        List<String> unreadable =
                names.parallelStream().filter(name -> !isReadable(name)).toList();
        if (!unreadable.isEmpty()) {
            report.warn(unreadable.size() + " images cannot be read: " + ImportReport.Builder.some(unreadable));
        }
    }

    private boolean isReadable(String name) {
        try {
            reader.read(folder.file(name));
            return true;
        } catch (DeqaException e) {
            return false;
        }
    }

    private void copies(List<String> names) {
        Map<String, String> first = new LinkedHashMap<>();
        List<String> copies = new ArrayList<>();
        for (String name : names) {
            String original = first.putIfAbsent(hash(folder.file(name)), name);
            if (original != null) {
                copies.add(name + " = " + original);
            }
        }
        if (!copies.isEmpty()) {
            report.warn(copies.size() + " files hold the same bytes as another: " + ImportReport.Builder.some(copies));
        }
    }

    /** SHA-256 of a file; of its name where it cannot be read, which equals no other. */
    private static String hash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return file.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
