package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.file.Utf8Text;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys of a key file. Each line of it is a key of 16 to 512 visible ASCII characters, or {@code sha256:} and the SHA-256 of a key in
 * 64 hexadecimal digits. Empty lines and lines that begin with {@code #} do not count.
 *
 * <p>Only hashes are kept. A key is compared by its hash with all of them, each in constant time, so that the time tells nothing about
 * the keys.
 */
final class ApiKeys {
    private static final String SETTING = "api-keys";
    private static final String COMMENT = "#";
    private static final String HASHED = "sha256:";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{16,512}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int MOST_BYTES = 1 << 20;

    private final List<byte[]> hashes;

    private ApiKeys(List<byte[]> hashes) {
        this.hashes = hashes;
    }

    /**
     * Reads a key file.
     *
     * @throws InvalidSettingException if it is missing, can be read by every user of the machine, holds no key, or has a line that
     *     is none
     */
    static ApiKeys read(Path file) {
        try {
            checkPermissions(file);
            return new ApiKeys(hashes(file, Utf8Text.decode(bytes(file))));
        } catch (NoSuchFileException e) {
            throw unusable(file + ": there is no such key file");
        } catch (CharacterCodingException e) {
            throw unusable(file + ": the key file is not UTF-8 text");
        } catch (IOException e) {
            throw unusable(file + ": the key file cannot be read (" + Excerpt.reason(e) + ")");
        }
    }

    /** Whether a key is one of these. */
    boolean contain(String key) {
        byte[] hash = sha256(key);
        boolean found = false;
        for (byte[] known : hashes) {
            found |= MessageDigest.isEqual(known, hash);
        }
        return found;
    }

    /** Systems without these permissions have other means, which are the owner's affair. */
    private static void checkPermissions(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw unusable(
                    file
                            + ": every user of this machine may read or write the key file; allow it to its owner alone (chmod 600)");
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw unusable(file + ": the key file has more than " + MOST_BYTES + " bytes; it holds one key a line");
        }
        return Files.readAllBytes(file);
    }

    private static List<byte[]> hashes(Path file, String text) {
        List<byte[]> hashes = new ArrayList<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith(COMMENT)) {
                hashes.add(hash(file, i + 1, line));
            }
        }
        if (hashes.isEmpty()) {
            throw unusable(file + ": the key file holds no key; write one a line");
        }
        return hashes;
    }

    /** No message shows the line, which may be a key with one wrong character. */
    private static byte[] hash(Path file, int number, String line) {
        if (line.startsWith(HASHED)) {
            String digits = line.substring(HASHED.length());
            if (!HASH.matcher(digits).matches()) {
                throw unusable(
                        file + ": line " + number + ": \"" + HASHED + "\" must be followed by 64 hexadecimal digits");
            }
            return HexFormat.of().parseHex(digits);
        }
        if (!KEY.matcher(line).matches()) {
            throw unusable(file + ": line " + number + ": a key has 16 to 512 visible ASCII characters and no spaces");
        }
        return sha256(line);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InvalidSettingException unusable(String message) {
        return new InvalidSettingException(SETTING, message);
    }
}
