package io.github.deqa4j.score;

import io.github.deqa4j.image.Span;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** For each pixel along a side of a drawing, the two windows between whose middles it lies, and how near it is to either. */
final class Interpolation {
    private final int[] before;
    private final int[] after;
    private final double[] share; // of the one after, 0 to 1

    private Interpolation(int pixels) {
        before = new int[pixels];
        after = new int[pixels];
        share = new double[pixels];
    }

    /**
     * For a side of a drawing.
     *
     * @param windows along the side, in the image's pixels
     * @param image length of the image's side
     * @param drawing length of the drawing's
     */
    static Interpolation of(List<Span> windows, int image, int drawing) {
        Interpolation between = new Interpolation(drawing);
        int next = 0; // the first window whose middle lies behind the pixel, or their number
        for (int pixel = 0; pixel < drawing; pixel++) {
            double place = (pixel + 0.5) * image / drawing;
            while (next < windows.size() && windows.get(next).center() <= place) {
                next++;
            }
            between.put(pixel, place, windows, next);
        }
        return between;
    }

    /** What lies at a pixel between values at the windows. */
    double between(int pixel, IntToDoubleFunction values) {
        double first = values.applyAsDouble(before[pixel]);
        return share[pixel] == 0 ? first : first + share[pixel] * (values.applyAsDouble(after[pixel]) - first);
    }

    private void put(int pixel, double place, List<Span> windows, int next) {
        before[pixel] = Math.max(0, next - 1);
        after[pixel] = Math.min(windows.size() - 1, next);
        if (before[pixel] < after[pixel]) {
            double start = windows.get(before[pixel]).center();
            share[pixel] = (place - start) / (windows.get(after[pixel]).center() - start);
        }
    }
}
