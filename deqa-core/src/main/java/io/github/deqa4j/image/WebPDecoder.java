package io.github.deqa4j.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * WebP, lossless and lossy; of an animation the first frame, on black where it leaves the canvas free. The plug-in is given
 * the chunk with the samples and no other.
 */
final class WebPDecoder implements PictureDecoder {
    private static final Plugin LOSSLESS = WebPImageReaderSpi::new;

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        WebPChunks chunks = WebPChunks.parse(picture);
        RgbImage frame = chunks.isLossy()
                ? Vp8Decoder.decode(picture, chunks.samplesAt(), chunks.samplesLength())
                : lossless(picture, chunks);
        return chunks.onCanvas(frame);
    }

    @Override
    public Orientation orientation(EncodedPicture picture) {
        return WebPChunks.parse(picture).orientation();
    }

    private static RgbImage lossless(EncodedPicture picture, WebPChunks chunks) throws IOException {
        byte[] file = alone(picture.bytes(), chunks.samplesAt(), chunks.samplesLength());
        return LOSSLESS.read(file, reader -> {
            picture.checkSize(reader.getWidth(0), reader.getHeight(0));
            return RgbConversion.take(reader.read(0));
        });
    }

    /** A WebP file of one VP8L chunk, whose length must be even or followed by a byte of padding. */
    private static byte[] alone(byte[] bytes, int offset, int length) {
        int padding = length & 1;
        ByteBuffer head = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        head.put(ascii("RIFF")).putInt(12 + length + padding).put(ascii("WEBP"));
        head.put(ascii("VP8L")).putInt(length);
        ByteArrayOutputStream file = new ByteArrayOutputStream(head.capacity() + length + padding);
        file.writeBytes(head.array());
        file.write(bytes, offset, length);
        file.write(bytes, 0, padding);
        return file.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
