package io.github.deqa4j.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hash of a file's content, by which the hub and the cache name it: of a file in LFS its SHA-256, of any other git's SHA-1.
 *
 * @param hash 64 or 40 hexadecimal digits
 */
record BlobId(String hash) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int SHA256_DIGITS = 64;
    private static final int BLOCK = 1 << 16;

    BlobId {
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(hash);
        }
    }

    /** The id that a text is, such as the name of a blob; empty if it is none. */
    static Optional<BlobId> of(String text) {
        return HASH.matcher(text).matches() ? Optional.of(new BlobId(text)) : Optional.empty();
    }

    /** The id in an ETag, which has quotes and may be marked as weak; empty if it is no hash of a content. */
    static Optional<BlobId> ofEtag(String etag) {
        return of(etag.strip().replaceFirst("^W/", "").replaceAll("^\"|\"$", ""));
    }

    /** Whether a file has the content. */
    boolean matches(Path file) throws IOException {
        return hash.equals(hashOf(file));
    }

    /** The hash of a file in the kind of this id. */
    String hashOf(Path file) throws IOException {
        MessageDigest digest = digest(hash.length() == SHA256_DIGITS ? "SHA-256" : "SHA-1");
        if (hash.length() != SHA256_DIGITS) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        byte[] block = new byte[BLOCK];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int n = bytes.read(block); n >= 0; n = bytes.read(block)) {
                digest.update(block, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has both
        }
    }

    @Override
    public String toString() {
        return hash;
    }
}
