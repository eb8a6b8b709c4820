package io.github.deqa4j.image.codec;

import io.github.deqa4j.DeqaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an image file. Reading beyond them, and every other fault, becomes a {@link DeqaException} that names
 * the file.
 */
public final class EncodedFile {
    /** Padding makes a square of the longer side, and resizing needs memory in proportion to it. */
    private static final int MAX_SIDE = 1_000_000;

    private final String name;
    private final byte[] bytes;
    private final ReaderSettings settings;
    private final List<String> warnings;

    public EncodedFile(String name, byte[] bytes, ReaderSettings settings) {
        this(name, bytes, settings, new ArrayList<>());
    }

    private EncodedFile(String name, byte[] bytes, ReaderSettings settings, List<String> warnings) {
        this.name = name;
        this.bytes = bytes;
        this.settings = settings;
        this.warnings = warnings;
    }

    /** An image within this one. */
    public EncodedFile within(byte[] part) {
        return new EncodedFile(name, part, settings, warnings);
    }

    public String name() {
        return name;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public int u8(long offset) {
        require(offset, 1);
        return bytes[(int) offset] & 0xFF;
    }

    /** Two bytes, the most significant first. */
    public int u16(long offset) {
        return (u8(offset) << 8) | u8(offset + 1);
    }

    /** Two bytes, the least significant first. */
    public int u16Little(long offset) {
        return u8(offset) | (u8(offset + 1) << 8);
    }

    /** Four bytes, the most significant first. */
    public long u32(long offset) {
        return ((long) u16(offset) << 16) | u16(offset + 2);
    }

    /** Four bytes, the least significant first. */
    public long u32Little(long offset) {
        return u16Little(offset) | ((long) u16Little(offset + 2) << 16);
    }

    /** Whether a text of one-byte characters stands at an offset. */
    public boolean has(long offset, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < expected.length; i++) {
            if (offset + i >= bytes.length || bytes[(int) offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Fails unless so many bytes stand at an offset. */
    public void require(long offset, long count) {
        if (offset + count > bytes.length) {
            throw fault("the file is cut short: it ends after " + bytes.length + " bytes, but byte "
                    + (offset + count - 1) + " is needed; get a complete copy");
        }
    }

    /** Fails unless an image of this size may be decoded. */
    public void checkSize(long width, long height) {
        checkSize(name, width, height, settings.maxPixels());
    }

    public static void checkSize(String name, long width, long height, int maxPixels) {
        if (width < 1 || height < 1) {
            throw new DeqaException(
                    name + ": the image is " + width + "×" + height + " pixels; both sides must be at least 1");
        }
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new DeqaException(
                    name + ": the image is " + width + "×" + height + " pixels; a side may have at most " + MAX_SIDE);
        }
        if (height > maxPixels / width) {
            throw new DeqaException(
                    name + ": the image is " + width + "×" + height + " pixels; at most " + maxPixels
                            + " pixels are read, so scale it down first (from Java, ReaderSettings.withMaxPixels raises the limit)");
        }
    }

    /** Notes what a user should know of the image though it can be read. */
    public void warn(String problem) {
        warnings.add(name + ": " + problem);
    }

    /** One sentence each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Whether gray of more than eight bits, which this image has, is clipped at 255; if so, the user is to know. */
    public boolean clipsDeepGray() {
        boolean clips = settings.deepGray() == DeepGray.CLIPPED;
        if (clips) {
            warn("the gray samples have more than 8 bits, and those above 255 become white, as in the reader that the "
                    + "authors' scores come from; save the image with 8 bits");
        }
        return clips;
    }

    public DeqaException fault(String problem) {
        return new DeqaException(name + ": " + problem);
    }

    public DeqaException fault(String problem, Throwable cause) {
        return new DeqaException(name + ": " + problem, cause);
    }
}
