package io.github.deqa4j.image;

import java.io.IOException;

/** WebP, lossless and lossy; of an animation the first frame, on black where it leaves the canvas free. */
final class WebPDecoder implements PictureDecoder {
    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        WebPChunks chunks = WebPChunks.parse(picture);
        RgbImage frame = chunks.isLossy()
                ? Vp8Decoder.decode(picture, chunks.samplesAt(), chunks.samplesLength())
                : Vp8lDecoder.decode(picture, chunks.samplesAt(), chunks.samplesLength());
        return chunks.onCanvas(frame);
    }

    @Override
    public Orientation orientation(EncodedPicture picture) {
        return WebPChunks.parse(picture).orientation();
    }
}
