package io.github.deqa4j.image;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReadParam;

/** The first frame of a GIF file on its logical screen, which it need not fill. */
final class GifDecoder implements PictureDecoder {
    private static final Plugin PLUGIN = Plugin.ofJdk("com.sun.imageio.plugins.gif.GIFImageReaderSpi");

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        GifHeader header = GifHeader.parse(picture);
        BufferedImage screen = new BufferedImage(header.width(), header.height(), BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((DataBufferByte) screen.getRaster().getDataBuffer()).getData(), (byte) header.background());
        ImageReadParam onScreen = new ImageReadParam();
        onScreen.setDestination(screen);
        onScreen.setDestinationOffset(new Point(header.left(), header.top()));
        PLUGIN.read(picture.bytes(), reader -> reader.read(0, onScreen));
        return RgbConversion.fromPalette(screen.getRaster(), header.palette());
    }
}
