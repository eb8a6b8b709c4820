package io.github.deqa4j.image;

import com.twelvemonkeys.imageio.plugins.webp.vp8.VP8Frame;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * A lossy WebP frame. The plug-in decodes the planes; its own way from there to RGB repeats chroma samples, by which colours
 * would be off by several levels, so chroma is interpolated here as libwebp does.
 */
final class Vp8Decoder {
    private static final int START_CODE = 0x9D012A;
    private static final int SIDE_MASK = 0x3FFF;
    private static final int HEADER_BYTES = 10;

    private final int width;
    private final int height;
    private final int chromaWidth;
    private final int chromaHeight;

    private Vp8Decoder(int width, int height) {
        this.width = width;
        this.height = height;
        this.chromaWidth = (width + 1) / 2;
        this.chromaHeight = (height + 1) / 2;
    }

    /** Decodes the frame at an offset. */
    static RgbImage decode(EncodedPicture picture, int offset) throws IOException {
        picture.require(offset, HEADER_BYTES);
        if (picture.u32(offset + 2L) % (1 << 24) != START_CODE) {
            throw picture.fault("the lossy WebP frame at byte " + offset + " has no start code; the file is damaged");
        }
        int width = picture.u16Little(offset + 6L) & SIDE_MASK;
        int height = picture.u16Little(offset + 8L) & SIDE_MASK;
        picture.checkSize(width, height);
        return new Vp8Decoder(width, height).toRgb(frame(picture.bytes(), offset));
    }

    private static VP8Frame frame(byte[] bytes, int offset) throws IOException {
        try (ImageInputStream input = new ByteArrayImageInputStream(bytes, offset, bytes.length - offset)) {
            VP8Frame frame = new VP8Frame(input, false);
            if (!frame.decode(unused(), null)) {
                throw new IOException("not a key frame");
            }
            return frame;
        }
    }

    /** The plug-in wants to write RGB somewhere: one pixel of it. */
    private static WritableRaster unused() {
        return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 1, 1, RgbImage.CHANNELS, null);
    }

    private RgbImage toRgb(VP8Frame frame) {
        byte[] u = plane(frame.getDebugImageUBuffer(), chromaWidth, chromaHeight, 2);
        byte[] v = plane(frame.getDebugImageVBuffer(), chromaWidth, chromaHeight, 2);
        byte[] y = plane(frame.getDebugImageYBuffer(), width, height, 1);
        byte[] rgb = new byte[y.length * RgbImage.CHANNELS];
        for (int row = 0, i = 0; row < height; row++) {
            for (int column = 0; column < width; column++, i++) {
                ColorArithmetic.yuvToRgb(y[i] & 0xFF, chroma(u, column, row), chroma(v, column, row), rgb, i * 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** Every step-th sample of a plane that is shown as greys. */
    private static byte[] plane(BufferedImage shown, int width, int height, int step) {
        byte[] plane = new byte[width * height];
        int[] row = new int[shown.getWidth()];
        for (int y = 0; y < height; y++) {
            shown.getRaster().getSamples(0, y * step, row.length, 1, 0, row);
            for (int x = 0; x < width; x++) {
                plane[y * width + x] = (byte) row[x * step];
            }
        }
        return plane;
    }

    /** Chroma between four samples, weighted 9 : 3 : 3 : 1 from the nearest to the farthest and rounded in two steps. */
    private int chroma(byte[] plane, int column, int row) {
        int nearColumn = column / 2;
        int nearRow = row / 2 * chromaWidth;
        int farColumn = neighbour(column, chromaWidth);
        int farRow = neighbour(row, chromaHeight) * chromaWidth;
        int near = plane[nearRow + nearColumn] & 0xFF;
        int beside = plane[nearRow + farColumn] & 0xFF;
        int above = plane[farRow + nearColumn] & 0xFF;
        int far = plane[farRow + farColumn] & 0xFF;
        return (((near + 3 * beside + 3 * above + far + 8) >> 3) + near) >> 1;
    }

    private static int neighbour(int position, int count) {
        int near = position / 2;
        return position % 2 == 0 ? Math.max(0, near - 1) : Math.min(count - 1, near + 1);
    }
}
