package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * What JPEG 2000's lossy path does to an image (ITU-T T.800), without writing the file, for which there is no kept
 * encoder here: Y, Cb, Cr, the CDF 9/7 wavelet over {@value #LEVELS} levels, and a quantizer with a dead zone. Blur and
 * ringing, no blocks. Cb and Cr, of which the eye sees less detail, are quantized {@value #COLOR} times as coarsely.
 * In sRGB.
 */
final class Wavelet implements Distortion {
    private static final Scale STEP = Scale.ofRatios(14, 130);
    private static final int LEVELS = 5;
    private static final float COLOR = 1.5f;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        float step = (float) STEP.at(strength);
        Planes planes = Planes.codes(image);
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
            first[x] = Luma.of(red, second[x], blue);
            second[x] = (blue - first[x]) / Luma.BLUE_OF_CB;
            third[x] = (red - first[x]) / Luma.RED_OF_CR;
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
            first[x] = luma + Luma.RED_OF_CR * cr;
            second[x] = luma + Luma.GREEN_OF_CB * cb + Luma.GREEN_OF_CR * cr;
            third[x] = luma + Luma.BLUE_OF_CB * cb;
        }
    }
}
