package io.github.deqa4j.image.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.codec.ReaderSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files as other programs write and break them: after bug reports of other projects, and chosen from what
 * {@code dev/benchmarks/peer/picture_formats.py} writes. All pixels are there and come out as Pillow reads them (from the
 * whole file where it refuses the broken one), or some are missing and the file is refused by name.
 */
class FoundImagesTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    static List<String> whole() {
        List<String> names = new ArrayList<>();
        ImageFiles.json("found.json").fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSizeGreaterThan(80);
        return names;
    }

    @ParameterizedTest
    @MethodSource("whole")
    void everyPixelIsRead(String name) {
        JsonNode expected = ImageFiles.json("found.json").get(name);
        RgbImage image = READER.read(ImageFiles.bytes(ImageFiles.found(name)), name);
        assertThat(image.width()).isEqualTo(expected.get("width").intValue());
        assertThat(image.height()).isEqualTo(expected.get("height").intValue());
        assertThat(ImageFiles.sha256(image)).isEqualTo(expected.get("sha256").textValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    base_cut3_ended.jpg | DAMAGED | the image is incomplete: its JPEG data end at byte 1089, before all pixels are there; get a complete copy
                    base_cut12_ended.jpg | DAMAGED | the image is incomplete: its JPEG data end at byte 1080, before all pixels are there; get a complete copy
                    prog_cut3_ended.jpg | DAMAGED | the image is incomplete: its JPEG data end at byte 1016, before all pixels are there; get a complete copy
                    rst_hole.jpg | DAMAGED | the image is incomplete: restart marker 0 is due at byte 734 of the JPEG data, which have d1 there; get a complete copy
                    rst_cut3_zeros.jpg | DAMAGED | the image is incomplete: its JPEG data go over into zeros before byte 1110, and no marker follows; get a complete copy
                    restart_gone.jpg | DAMAGED | the image is incomplete: restart marker 2 is due at byte 1076 of the JPEG data, which have d3 there; get a complete copy
                    first5_scans_ended.jpg | DAMAGED | the image is incomplete: the JPEG file ends at byte 609, before all of its scans are there; get a complete copy
                    lossless1.jpg | UNSUPPORTED | the JPEG image is lossless (SOF3); only baseline and progressive JPEG with Huffman codes can be read, so save it anew
                    base_no_quantizer.jpg | DAMAGED | the JPEG file has no quantization table 0; the file is damaged
                    base_no_rows.jpg | DAMAGED | the image is 45×0 pixels; both sides must be at least 1
                    sofc9.jpg | UNSUPPORTED | the JPEG image is arithmetic-coded or hierarchical (SOF9); only baseline and progressive JPEG with Huffman codes can be read, so save it anew
                    hand_323.jpg | UNSUPPORTED | the JPEG components have the sampling factors 2×1 and 3×1; only whole multiples can be read
                    two_components.jpg | UNSUPPORTED | the JPEG file has 2 color components; it must have 1, 3 or 4
                    bits12.jpg | UNSUPPORTED | the JPEG samples have 12 bits; only 8 can be read
                    optimized_hole.jpg | DAMAGED | the JPEG data before byte 639 are damaged: a Huffman code stands for nothing; get a complete copy
                    lost1.gif | DAMAGED | the image is incomplete: the GIF frame has 300 pixels, but its data end after 299; get a complete copy
                    lost1_no_code.gif | DAMAGED | the image is incomplete: the GIF frame has 300 pixels, but its data end after 299; get a complete copy
                    code_too_high.gif | DAMAGED | the GIF frame has the code 511 before byte 813, which stands for nothing; the file is damaged
                    least9.gif | DAMAGED | the GIF frame has samples of 9 bits; there can be at most 8, so the file is damaged
                    before_trailer.gif | DAMAGED | the GIF file has no frame: it ends at byte 61
                    cut2.gif | DAMAGED | the file is cut short: it ends after 2107 bytes, but byte 2107 is needed; get a complete copy
                    rle8_half.bmp | DAMAGED | the image is incomplete: the BMP header announces 391 pixels, but the runs end after 184; get a complete copy
                    rle4_absolute_cut.bmp | DAMAGED | the file is cut short: it ends after 346 bytes, but byte 354 is needed; get a complete copy
                    b24_cut40.bmp | DAMAGED | the file is cut short: it ends after 1238 bytes, but byte 1274 is needed; get a complete copy
                    compression9.bmp | UNSUPPORTED | BMP samples of 8 bits with compression 9 cannot be read; save the image as PNG
                    fields_8.bmp | UNSUPPORTED | BMP samples of 8 bits with compression 3 cannot be read; save the image as PNG
                    b24_offset_high.bmp | DAMAGED | the file is cut short: it ends after 1278 bytes, but byte 1001220 is needed; get a complete copy
                    rle24.bmp | UNSUPPORTED | BMP samples of 24 bits with compression 4 cannot be read; save the image as PNG
                    bits0_jpeg.bmp | UNSUPPORTED | BMP samples of 0 bits with compression 4 cannot be read; save the image as PNG
                    k2_rows_short.png | DAMAGED | the image is incomplete: the PNG data end after 16 rows; get a complete copy
                    k0_one_byte_short.png | DAMAGED | the image is incomplete: the PNG data end after 16 rows; get a complete copy
                    k2_adler_wrong.png | DAMAGED | the PNG data are damaged: they do not match their checksum; get a complete copy
                    k2_both_wrong.png | DAMAGED | the PNG chunk at byte 33 does not match its checksum; the file is damaged
                    k2_data_cut.png | DAMAGED | the image is incomplete: the PNG data end after 16 rows; get a complete copy
                    k2_filter9.png | DAMAGED | the PNG data are damaged: row 0 has the filter 9; there are 0 to 4; get a complete copy
                    palette_missing.png | DAMAGED | the PNG file has color indices but no PLTE chunk; the file is damaged
                    wrong_depth.png | DAMAGED | the PNG chunk at byte 8 does not match its checksum; the file is damaged
                    filter1.png | DAMAGED | the PNG header names filter method 1; there is only 0, so the file is damaged
                    header_sum.png | DAMAGED | the PNG chunk at byte 8 does not match its checksum; the file is damaged
                    k0_no_data.png | DAMAGED | the PNG file has no image in it
                    k2_zlib_head.png | DAMAGED | the PNG data are damaged: they begin with 7800, which is no zlib header; get a complete copy
                    gif-short-frame.gif | DAMAGED | the image is incomplete: the GIF frame has 10560 pixels, but its data end after 10200; get a complete copy
                    """)
    void missingPixelsAreNotMadeUp(String name, Reason reason, String message) {
        byte[] file = ImageFiles.bytes(ImageFiles.found(name));
        assertThatThrownBy(() -> READER.read(file, name))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(name + ": " + message)
                .extracting(e -> ((UnreadableImageException) e).reason())
                .isEqualTo(reason);
    }
}
