package io.github.deqa4j.image;

import java.io.IOException;

/** PNG, all colour types and depths. The JDK's reader is given the chunks that carry samples and no others. */
final class PngDecoder implements PictureDecoder {
    private static final Plugin PLUGIN = Plugin.ofJdk("com.sun.imageio.plugins.png.PNGImageReaderSpi");

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        byte[] essential = PngChunks.parse(picture).essential();
        return PLUGIN.read(essential, reader -> RgbConversion.take(reader.read(0), picture::clipsDeepGrey));
    }

    @Override
    public Orientation orientation(EncodedPicture picture) {
        return PngChunks.parse(picture).orientation();
    }
}
