package io.github.deqa4j.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.reader.ImageReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that ask to be turned in many ways; dev/benchmarks/peer/tiff_formats.py made those in the folder turned. */
class OrientationMetadataTest {
    private static final ImageReader TURNING =
            new ImageReader(ReaderSettings.standard().withApplyExifOrientation(true));

    static List<Path> files() {
        return ImageFiles.files("turned");
    }

    static List<Path> reported() {
        return ImageFiles.files("reported").stream()
                .filter(file ->
                        ImageFiles.json("reported.json").has(file.getFileName().toString()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsTurnedAsPillowTurnsIt(Path file) {
        assertAsPillow(file, "turned.json");
    }

    /** Files that other projects' users complained of. */
    @ParameterizedTest
    @MethodSource("reported")
    void reportedFilesAreReadAsPillowReadsThem(Path file) {
        assertAsPillow(file, "reported.json");
    }

    @Test
    void theFilesAreAllThere() {
        assertThat(files()).hasSize(ImageFiles.json("turned.json").size()).hasSizeGreaterThan(60);
        assertThat(reported()).hasSize(9);
    }

    @ParameterizedTest
    @CsvSource({
        "tiff:Orientation=\"6\", TURNED_RIGHT",
        "<tiff:Orientation>8</tiff:Orientation>, TURNED_LEFT",
        "tiff:Orientation=\"3\" tiff:Orientation=\"6\", UPSIDE_DOWN",
        "tiff:Orientation='6', UPRIGHT",
        "tiff:Orientation=\"9\", UPRIGHT"
    })
    void xmpCountsWhereThereIsNoExif(String xmp, Orientation expected) {
        OrientationMetadata wish = new OrientationMetadata();
        byte[] bytes = xmp.getBytes(StandardCharsets.UTF_8);
        wish.setXmp(bytes, 0, bytes.length);
        assertThat(wish.orientation()).isEqualTo(expected);
    }

    private static void assertAsPillow(Path file, String expectations) {
        JsonNode expected = ImageFiles.json(expectations).get(file.getFileName().toString());
        RgbImage image = TURNING.read(file);
        assertThat(image.width()).isEqualTo(expected.get("width").intValue());
        assertThat(image.height()).isEqualTo(expected.get("height").intValue());
        assertThat(ImageFiles.sha256(image)).isEqualTo(expected.get("sha256").textValue());
    }
}
