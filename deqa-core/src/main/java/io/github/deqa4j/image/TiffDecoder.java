package io.github.deqa4j.image;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;

/** The first page of a TIFF file, turned as its orientation tag asks: Pillow, too, does so while reading. */
final class TiffDecoder implements PictureDecoder {
    private static final Plugin CLASSIC = TIFFImageReaderSpi::new;
    private static final Plugin BIG = BigTIFFImageReaderSpi::new;
    private static final int BIG_VERSION = 43;
    private static final int ASSOCIATED_ALPHA = 1;

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        Plugin plugin = picture.u8(2) == BIG_VERSION || picture.u8(3) == BIG_VERSION ? BIG : CLASSIC;
        RgbImage stored = plugin.read(picture.bytes(), reader -> {
            picture.checkSize(reader.getWidth(0), reader.getHeight(0));
            picture.checkSize(reader.getTileWidth(0), reader.getTileHeight(0));
            return isPremultiplied(picture)
                    ? RgbConversion.fromPremultiplied(reader.read(0))
                    : RgbConversion.take(reader.read(0));
        });
        return TiffTags.orientation(picture.bytes(), 0, picture.length()).apply(stored);
    }

    /** The plug-in hands such samples out as they are without saying so. */
    private static boolean isPremultiplied(EncodedPicture picture) {
        return TiffTags.find(picture.bytes(), 0, picture.length(), TiffTags.EXTRA_SAMPLES) == ASSOCIATED_ALPHA;
    }
}
