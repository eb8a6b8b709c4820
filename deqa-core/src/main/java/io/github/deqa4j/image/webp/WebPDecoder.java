package io.github.deqa4j.image.webp;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ImageDecoder;
import io.github.deqa4j.image.codec.Orientation;
import java.io.IOException;

/** Decodes WebP, lossless and lossy. Of an animation, the first frame is read; the rest of the canvas is black. */
public final class WebPDecoder implements ImageDecoder {
    @Override
    public RgbImage decode(EncodedFile file) throws IOException {
        WebPChunks chunks = WebPChunks.parse(file);
        RgbImage frame = chunks.isLossy()
                ? Vp8Decoder.decode(file, chunks.samplesAt(), chunks.samplesLength())
                : Vp8lDecoder.decode(file, chunks.samplesAt(), chunks.samplesLength());
        return chunks.onCanvas(frame);
    }

    @Override
    public Orientation orientation(EncodedFile file) {
        return WebPChunks.parse(file).orientation();
    }
}
