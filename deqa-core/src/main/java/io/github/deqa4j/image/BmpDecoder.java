package io.github.deqa4j.image;

import java.io.IOException;

/** BMP of all depths, plain and run-length coded. */
final class BmpDecoder implements PictureDecoder {
    private static final Plugin PLUGIN = Plugin.ofJdk("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        return PLUGIN.read(picture.bytes(), reader -> {
            picture.checkSize(reader.getWidth(0), reader.getHeight(0));
            return RgbConversion.take(reader.read(0));
        });
    }
}
