package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.ReaderSettings;
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

/** Checks of the pictures of a data set: whether they are there, and whether each can be read and is there once. */
final class PictureChecks {
    private final PictureFolder folder;
    private final Findings findings;
    private final ImageReader reader = new ImageReader(ReaderSettings.standard());

    PictureChecks(PictureFolder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /**
     * Looks for the pictures.
     *
     * @param content whether to read every file, too: its pixels, and a hash that shows copies
     */
    void run(List<ImportedPicture> pictures, boolean content) {
        List<String> there = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (ImportedPicture picture : pictures) {
            (folder.has(picture.image()) ? there : missing).add(picture.image());
        }
        if (there.isEmpty()) {
            findings.error(
                    folder.root() + ": none of the pictures is in this folder, such as " + Findings.some(missing));
        } else if (!missing.isEmpty()) {
            findings.warn(folder.root() + ": " + missing.size() + " pictures are missing: " + Findings.some(missing));
        }
        if (content) {
            unreadable(there);
            copies(there);
        }
    }

    private void unreadable(List<String> images) {
        List<String> unreadable =
                images.parallelStream().filter(image -> !isReadable(image)).toList();
        if (!unreadable.isEmpty()) {
            findings.warn(unreadable.size() + " pictures cannot be read: " + Findings.some(unreadable));
        }
    }

    private boolean isReadable(String image) {
        try {
            reader.read(folder.file(image));
            return true;
        } catch (DeqaException e) {
            return false;
        }
    }

    private void copies(List<String> images) {
        Map<String, String> first = new LinkedHashMap<>();
        List<String> copies = new ArrayList<>();
        for (String image : images) {
            String original = first.putIfAbsent(hash(folder.file(image)), image);
            if (original != null) {
                copies.add(image + " = " + original);
            }
        }
        if (!copies.isEmpty()) {
            findings.warn(copies.size() + " files hold the same bytes as another: " + Findings.some(copies));
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
