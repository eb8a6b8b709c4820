package io.github.deqa4j.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Lines over a common axis, as SVG. Values that are not finite are passed over. */
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
final class CurveChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int TOP = 30;
    private static final int BOTTOM = 230;
    private static final int RIGHT = 880;
    private static final int MOST_POINTS = 2000;
    private static final int COLORS = 4;
    private static final int GRID_LINES = 4;

    private final String title;
    private final List<Line> lines = new ArrayList<>();

    CurveChart(String title) {
        this.title = title;
    }

    /** Points by their coordinates. */
    private static final class Line {
        private final String name;
        private final double[] x;
        private final double[] y;

        Line(String name, double[] x, double[] y) {
            this.name = name;
            this.x = x;
            this.y = y;
        }
    }

    CurveChart line(String name, double[] x, double[] y) {
        lines.add(new Line(name, x, y));
        return this;
    }

    /** The drawing; empty if there is nothing to draw. */
    String svg() {
        double[] y = finite(lines.stream().flatMapToDouble(line -> DoubleStream.of(line.y)));
        double[] x = finite(lines.stream().flatMapToDouble(line -> DoubleStream.of(line.x)));
        if (y.length == 0) {
            return "";
        }
        Axis across = Axis.of(x, LEFT, RIGHT);
        Axis up = Axis.of(y, BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<h2>%s</h2>%n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                title, WIDTH, HEIGHT, title));
        for (int i = 0; i <= GRID_LINES; i++) {
            svg.append(grid(up, across, (double) i / GRID_LINES));
        }
        for (int i = 0; i < lines.size(); i++) {
            svg.append(polyline(lines.get(i), i, across, up));
        }
        return svg.append("</svg>\n").toString();
    }

    /** Where values lie on the drawing: least at {@code from}, greatest at {@code to}. */
    private record Axis(double least, double greatest, int from, int to) {
        static Axis of(double[] values, int from, int to) {
            double least = DoubleStream.of(values).min().orElse(0);
            double greatest = DoubleStream.of(values).max().orElse(1);
            return greatest > least ? new Axis(least, greatest, from, to) : new Axis(least - 1, greatest + 1, from, to);
        }

        double at(double value) {
            return from + (value - least) / (greatest - least) * (to - from);
        }

        double value(double share) {
            return least + share * (greatest - least);
        }
    }

    private static String grid(Axis up, Axis across, double share) {
        double y = up.at(up.value(share));
        double x = across.at(across.value(share));
        return format(
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>"
                        + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>%n",
                LEFT,
                RIGHT,
                y,
                y,
                LEFT - 6,
                y + 4,
                format("%.3g", up.value(share)),
                x,
                BOTTOM + 18,
                across.value(share));
    }

    private static String polyline(Line line, int index, Axis across, Axis up) {
        int stride = Math.max(1, line.y.length / MOST_POINTS);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.y.length; i += stride) {
            if (Double.isFinite(line.y[i])) {
                points.append(format("%.1f,%.1f ", across.at(line.x[i]), up.at(line.y[i])));
            }
        }
        String color = "var(--c" + index % COLORS + ")";
        return format(
                "<polyline style=\"stroke:%s\" points=\"%s\"/><text x=\"%d\" y=\"18\" style=\"fill:%s\">%s</text>%n",
                color, points.toString().strip(), LEFT + index * 140, color, line.name);
    }

    private static double[] finite(DoubleStream values) {
        return values.filter(Double::isFinite).toArray();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
