package io.github.deqa4j.image.codec;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bytes of an image file. Reading beyond their end throws an {@link UnreadableImageException} that names the file. */
public final class EncodedFile {
    /** Padding makes a square of the longer side, and resizing needs memory in proportion to it. */
    private static final int MAX_SIDE = 1_000_000;

    private static final int MEBIBYTE_BITS = 20;

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

    /** A file that is embedded in this one. It has the same name, settings and warnings. */
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

    /** Whether a text of one-byte characters is at an offset. */
    public boolean has(long offset, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < expected.length; i++) {
            if (offset + i >= bytes.length || bytes[(int) offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Fails unless the file has this many bytes at an offset.
     *
     * @throws UnreadableImageException with the reason {@link Reason#DAMAGED}
     */
    public void require(long offset, long count) {
        if (offset + count > bytes.length) {
            throw damaged("the file is cut short: it ends after " + bytes.length + " bytes, but byte "
                    + (offset + count - 1) + " is needed; get a complete copy");
        }
    }

    /** Fails unless an image of this size may be decoded. */
    public void checkSize(long width, long height) {
        checkSize(name, width, height, settings.maxPixels());
    }

    /**
     * Fails unless an image of this size may be decoded: both sides are from 1 to 1,000,000, the pixels are not more than the
     * limit, and three bytes for each of them fit into the heap.
     *
     * @throws UnreadableImageException otherwise
     */
    public static void checkSize(String name, long width, long height, int maxPixels) {
        String start = name + ": the image is " + width + "×" + height + " pixels; ";
        if (width < 1 || height < 1) {
            throw new UnreadableImageException(Reason.DAMAGED, start + "both sides must be at least 1");
        }
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new UnreadableImageException(Reason.TOO_LARGE, start + "a side may have at most " + MAX_SIDE);
        }
        if (height > maxPixels / width) {
            throw new UnreadableImageException(
                    Reason.TOO_LARGE,
                    start + "at most " + maxPixels + " pixels are read, so scale it down first (in Java,"
                            + " the setting maxPixels raises the limit)");
        }
        checkMemory(
                name, width * height * RgbImage.CHANNELS, Runtime.getRuntime().maxMemory());
    }

    /** Fails if this image needs more bytes at once than the heap can ever have. */
    public void checkMemory(long bytes) {
        checkMemory(name, bytes, Runtime.getRuntime().maxMemory());
    }

    /**
     * Fails if an image needs more bytes at once than the heap can ever have.
     *
     * @throws UnreadableImageException with the reason {@link Reason#MEMORY}
     */
    public static void checkMemory(String name, long bytes, long heap) {
        if (bytes > heap) {
            throw new UnreadableImageException(
                    Reason.MEMORY,
                    name + ": the image needs " + mebibytes(bytes) + " MiB of memory, but Java's heap is limited to "
                            + (heap >> MEBIBYTE_BITS)
                            + " MiB; raise the limit with Java's option -Xmx, or scale the image"
                            + " down");
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << MEBIBYTE_BITS) - 1) >> MEBIBYTE_BITS;
    }

    /** Adds a warning about an image that can be read. */
    public void warn(String problem) {
        warnings.add(name + ": " + problem);
    }

    /** The warnings, one sentence each; each begins with the name of the file. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Whether to clip the gray samples of this image, which have more than eight bits, at 255. Adds a warning if so.
     */
    public boolean clipsDeepGray() {
        boolean clips = settings.deepGray() == DeepGray.CLIPPED;
        if (clips) {
            warn("the gray samples have more than 8 bits, and those above 255 become white, as in the reader that the "
                    + "authors' scores come from; save the image with 8 bits");
        }
        return clips;
    }

    /** The error of data that are cut short or contradict the format. */
    public UnreadableImageException damaged(String problem) {
        return fault(Reason.DAMAGED, problem);
    }

    /** The error of a feature of the format that is not supported. */
    public UnreadableImageException unsupported(String problem) {
        return fault(Reason.UNSUPPORTED, problem);
    }

    /** The error of an image that needs more pixels or bytes than are allowed. */
    public UnreadableImageException tooLarge(String problem) {
        return fault(Reason.TOO_LARGE, problem);
    }

    /** An error whose message is the file's name and a problem. */
    public UnreadableImageException fault(Reason reason, String problem) {
        return new UnreadableImageException(reason, name + ": " + problem);
    }

    /** An error whose message is the file's name and a problem. */
    public UnreadableImageException fault(Reason reason, String problem, Throwable cause) {
        return new UnreadableImageException(reason, name + ": " + problem, cause);
    }
}
