package io.github.deqa4j.image.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.codec.DeepGray;
import io.github.deqa4j.image.codec.ReaderSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files: either an image comes out or a {@link DeqaException}, and never anything else. */
class HostileImagesTest {
    private static final ImageReader READER = new ImageReader(
            new ReaderSettings(4_000_000, true, DeepGray.CLIPPED)); // small, so that a flipped size costs no time
    private static final int CUTS = 24;
    private static final int FLIPS = 60;

    static List<Path> samples() {
        List<Path> whole = new ArrayList<>(ImageFiles.samples());
        ImageFiles.json("webp-files.json").properties().forEach(file -> {
            if (file.getValue().has("sha256")) {
                whole.add(ImageFiles.webp(file.getKey()));
            }
        });
        return whole;
    }

    /** Pixels that are read are those of the whole file. Pages of TIFF files may stand anywhere, also in what is left. */
    @ParameterizedTest
    @MethodSource("samples")
    void truncationIsNoticed(Path file) {
        byte[] whole = ImageFiles.bytes(file);
        String name = file.getFileName().toString();
        byte[] expected = READER.read(whole, "p").samples();
        for (int i = 0; i < CUTS; i++) {
            byte[] cut = Arrays.copyOf(whole, (int) ((long) whole.length * i / CUTS));
            if (survives(cut, name + " cut after " + cut.length) && !name.endsWith(".tif")) {
                assertThat(READER.read(cut, "p").samples())
                        .as("%s cut after %d", name, cut.length)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void flippedBytesDoNoHarm(Path file) {
        Random random = new Random(20260101);
        byte[] whole = ImageFiles.bytes(file);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = whole.clone();
            int reach = i % 2 == 0 ? Math.min(100, damaged.length) : damaged.length; // every second one in the header
            int at = random.nextInt(reach);
            damaged[at] = (byte) random.nextInt(256);
            survives(damaged, file.getFileName() + " with byte " + at + " = " + damaged[at]);
        }
    }

    private static boolean survives(byte[] bytes, String what) {
        try {
            READER.read(bytes, "p");
            return true;
        } catch (DeqaException e) {
            assertThat(e.getMessage()).as(what).startsWith("p: ").doesNotContain("\n");
            return false;
        } catch (Throwable e) {
            return fail(what, e);
        }
    }
}
