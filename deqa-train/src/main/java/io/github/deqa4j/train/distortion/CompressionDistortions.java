package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/** Distortions by lossy compression and by coarse quantization. */
final class CompressionDistortions {
    private CompressionDistortions() {}

    /**
     * Code values rounded to few levels, a step apart, counted from black and from white to the middle, so that both ends
     * stay: contours in skies. KADID-10k has 20, 16, 13, 10, 7 levels, which are steps of 13 to 42. In sRGB.
     */
    static final class Banding implements Distortion {
        private static final StrengthScale STEP = StrengthScale.ofRatios(12, 64);

        private static final int WHITE = Srgb.CODES - 1;
        private static final double MIDDLE = WHITE / 2.0;

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double step = STEP.at(strength);
            return LookupTable.codes(
                    image, code -> code < MIDDLE ? fromEnd(code, step) : WHITE - fromEnd(WHITE - code, step));
        }

        private static double fromEnd(int distance, double step) {
            return Math.min(MIDDLE, step * Math.floor(distance / step + 0.5));
        }
    }

    /** A JPEG file, written and read. Qualities 62 to 6 in libjpeg's numbers; KADID-10k has 43, 36, 24, 7, 4. */
    static final class Jpeg implements Distortion {
        private static final StrengthScale TABLES = StrengthScale.ofRatios(0.75, 8);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            return JpegCodec.pass(image, TABLES.at(strength));
        }
    }

    /**
     * JPEG twice, the second time with the blocks 1 to 7 pixels off in both directions: a file that was cropped or pasted
     * and saved again, with two grids of block edges.
     */
    static final class JpegTwice implements Distortion {
        private static final StrengthScale TABLES = StrengthScale.ofRatios(0.6, 6.4);
        private static final int BLOCK = 8;

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double tables = TABLES.at(strength);
            int dx = 1 + random.nextInt(BLOCK - 1);
            int dy = 1 + random.nextInt(BLOCK - 1);
            RgbImage first = JpegCodec.pass(image, tables);
            RgbImage second = JpegCodec.pass(window(first, -dx, -dy, image.width() + dx, image.height() + dy), tables);
            return window(second, dx, dy, image.width(), image.height());
        }

        /** A part of an image; outside, the edge goes on. */
        private static RgbImage window(RgbImage image, int left, int top, int width, int height) {
            byte[] from = image.samples();
            byte[] samples = new byte[width * height * RgbImage.CHANNELS];
            int to = 0;
            for (int y = top; y < top + height; y++) {
                int row = Math.max(0, Math.min(image.height() - 1, y)) * image.width();
                for (int x = left; x < left + width; x++) {
                    int pixel = (row + Math.max(0, Math.min(image.width() - 1, x))) * RgbImage.CHANNELS;
                    samples[to++] = from[pixel];
                    samples[to++] = from[pixel + 1];
                    samples[to++] = from[pixel + 2];
                }
            }
            return new RgbImage(width, height, samples);
        }
    }

    /**
     * What JPEG 2000's lossy path does to an image (ITU-T T.800), without writing the file, for which there is no kept
     * encoder here: Y, Cb, Cr, the CDF 9/7 wavelet over {@value #LEVELS} levels, and a quantizer with a dead zone. Blur and
     * ringing, no blocks. Cb and Cr, of which the eye sees less detail, are quantized {@value #COLOR} times as coarsely.
     * In sRGB.
     */
    static final class Wavelet implements Distortion {
        private static final StrengthScale STEP = StrengthScale.ofRatios(14, 130);
        private static final int LEVELS = 5;
        private static final float COLOR = 1.5f;

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            float step = (float) STEP.at(strength);
            FloatImage planes = FloatImage.codes(image);
            toYCbCr(planes.planes());
            CdfWavelet wavelet = new CdfWavelet(image.width(), image.height(), LEVELS);
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                float[][] plane = planes.planes()[c];
                wavelet.forward(plane);
                quantize(plane, c == 0 ? step : step * COLOR);
                wavelet.inverse(plane);
            }
            toRgb(planes.planes());
            return planes.roundCodes();
        }

        /** To the middle of each interval; the one around zero is twice as wide and becomes zero. */
        private static void quantize(float[][] coefficients, float step) {
            for (float[] row : coefficients) {
                for (int x = 0; x < row.length; x++) {
                    double level = Math.floor(Math.abs(row[x]) / step);
                    row[x] = level == 0 ? 0 : (float) Math.copySign((level + 0.5) * step, row[x]);
                }
            }
        }

        private static void toYCbCr(float[][][] planes) {
            for (int y = 0; y < planes[0].length; y++) {
                toYCbCr(planes[0][y], planes[1][y], planes[2][y]);
            }
        }

        private static void toYCbCr(float[] first, float[] second, float[] third) {
            for (int x = 0; x < first.length; x++) {
                float red = first[x];
                float blue = third[x];
                first[x] = YCbCr.luma(red, second[x], blue);
                second[x] = (blue - first[x]) / YCbCr.BLUE_OF_CB;
                third[x] = (red - first[x]) / YCbCr.RED_OF_CR;
            }
        }

        private static void toRgb(float[][][] planes) {
            for (int y = 0; y < planes[0].length; y++) {
                toRgb(planes[0][y], planes[1][y], planes[2][y]);
            }
        }

        private static void toRgb(float[] first, float[] second, float[] third) {
            for (int x = 0; x < first.length; x++) {
                float luma = first[x];
                float cb = second[x];
                float cr = third[x];
                first[x] = luma + YCbCr.RED_OF_CR * cr;
                second[x] = luma + YCbCr.GREEN_OF_CB * cb + YCbCr.GREEN_OF_CR * cr;
                third[x] = luma + YCbCr.BLUE_OF_CB * cb;
            }
        }
    }
}
