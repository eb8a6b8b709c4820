package io.github.deqa4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart of points and lines over two axes, drawn by XChart in a light or a dark theme.
 *
 * <pre>{@code
 * String element = Chart.titled("Loss").axes("step", "loss").line("loss", steps, losses).build().html();
 * }</pre>
 */
public final class Chart {
    /** Pixels of the image to each unit of its size, for sharp screens. */
    private static final int SCALE = 2;

    private static final int TEXT_SIZE = 13;

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final int width;
    private final int height;
    private final List<Series> series;
    private final Range x;
    private final Range y;

    private Chart(Builder builder) {
        title = builder.title;
        xTitle = builder.xTitle;
        yTitle = builder.yTitle;
        width = builder.width;
        height = builder.height;
        series = List.copyOf(builder.series);
        x = builder.x.orElseGet(() -> Range.around(coordinates(Point::x)));
        y = builder.y.orElseGet(() -> Range.around(coordinates(Point::y)));
    }

    /** Starts a chart without series, 560 units wide and 420 high. */
    public static Builder titled(String title) {
        return new Builder(title);
    }

    /** How a series is drawn. */
    public enum Kind {
        POINTS,
        LINE,
        /** A thin line to compare with. */
        REFERENCE,
        MARKED_LINE
    }

    /**
     * Part of an axis.
     *
     * @param low its lower end, finite
     * @param high its upper end, finite and greater
     */
    public record Range(double low, double high) {
        /** From the least value to the greatest; one unit to either side of a value that is the only one. */
        static Range around(DoubleStream values) {
            double[] all = values.toArray();
            double low = DoubleStream.of(all).min().orElse(0);
            double high = DoubleStream.of(all).max().orElse(0);
            return high > low ? new Range(low, high) : new Range(low - 1, low + 1);
        }
    }

    /**
     * Points in order.
     *
     * @param name as the legend shows it; no two series of a chart have the same
     */
    public record Series(String name, Kind kind, List<Point> points) {
        /** A list that does not change. */
        public Series {
            points = List.copyOf(points);
        }

        private double[] values(ToDoubleFunction<Point> coordinate) {
            return points.stream().mapToDouble(coordinate).toArray();
        }
    }

    /** A point in the units of the axes. */
    public record Point(double x, double y) {
        boolean isFinite() {
            return Double.isFinite(x) && Double.isFinite(y);
        }
    }

    /** Collects what a chart shows. */
    public static final class Builder {
        private final String title;
        private final List<Series> series = new ArrayList<>();
        private String xTitle = "";
        private String yTitle = "";
        private int width = 560;
        private int height = 420;
        private Optional<Range> x = Optional.empty();
        private Optional<Range> y = Optional.empty();

        private Builder(String title) {
            this.title = title;
        }

        /** What the axes measure. */
        public Builder axes(String horizontal, String vertical) {
            xTitle = horizontal;
            yTitle = vertical;
            return this;
        }

        /** What the axes show; without this, from the least to the greatest value of all series. */
        public Builder ranges(Range horizontal, Range vertical) {
            x = Optional.of(horizontal);
            y = Optional.of(vertical);
            return this;
        }

        /** The size on a page, in CSS pixels. */
        public Builder size(int newWidth, int newHeight) {
            width = newWidth;
            height = newHeight;
            return this;
        }

        /** Adds a series on top of the others. Points that are not finite are left out, and a series without any other. */
        public Builder add(String name, Kind kind, List<Point> points) {
            List<Point> finite = points.stream().filter(Point::isFinite).toList();
            if (!finite.isEmpty()) {
                series.add(new Series(name, kind, finite));
            }
            return this;
        }

        /**
         * Adds a line through points; each line of a chart has its color.
         *
         * @param xs the points' horizontal coordinates
         * @param ys their vertical ones, as many
         */
        public Builder line(String name, double[] xs, double[] ys) {
            return add(
                    name,
                    Kind.LINE,
                    IntStream.range(0, xs.length)
                            .mapToObj(i -> new Point(xs[i], ys[i]))
                            .toList());
        }

        /** The chart. */
        public Chart build() {
            return new Chart(this);
        }
    }

    /** A function's points over a range. */
    static List<Point> curve(Range range, DoubleUnaryOperator function) {
        int steps = 200;
        return IntStream.rangeClosed(0, steps)
                .mapToDouble(i -> range.low() + (range.high() - range.low()) * i / steps)
                .mapToObj(at -> new Point(at, function.applyAsDouble(at)))
                .toList();
    }

    public String title() {
        return title;
    }

    /** What is drawn, the last on top. */
    public List<Series> series() {
        return series;
    }

    /** What the horizontal axis shows. */
    public Range x() {
        return x;
    }

    /** What the vertical axis shows. */
    public Range y() {
        return y;
    }

    /** Draws it with two pixels to each unit of its size. */
    public BufferedImage draw(ChartTheme theme) {
        BufferedImage image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        chart(theme).paint(graphics, width, height);
        graphics.dispose();
        return image;
    }

    /** An HTML element that holds the chart in both themes as PNG and shows the one of the reader's page. */
    public String html() {
        return "<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"" + Html.png(draw(ChartTheme.DARK))
                + "\">\n<img alt=\"" + Html.escape(title) + "\" src=\"" + Html.png(draw(ChartTheme.LIGHT))
                + "\">\n</picture>\n";
    }

    private DoubleStream coordinates(ToDoubleFunction<Point> coordinate) {
        return series.stream().flatMapToDouble(one -> DoubleStream.of(one.values(coordinate)));
    }

    private XYChart chart(ChartTheme theme) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        style(chart.getStyler(), theme);
        int lines = 0;
        for (Series one : series) {
            boolean isLine = one.kind() == Kind.LINE || one.kind() == Kind.MARKED_LINE;
            add(chart, one, isLine ? theme.line(lines++) : color(one, theme));
        }
        return chart;
    }

    private void style(XYStyler styler, ChartTheme theme) {
        styler.setXAxisMin(x.low()).setXAxisMax(x.high()).setYAxisMin(y.low()).setYAxisMax(y.high());
        styler.setAxisTickLabelsColor(theme.text())
                .setAxisTickMarksColor(theme.faint())
                .setPlotGridLinesColor(theme.grid())
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickLabelsFont(font(Font.PLAIN))
                .setAxisTitleFont(font(Font.PLAIN));
        styler.setXAxisTitleColor(theme.text()).setYAxisTitleColor(theme.text());
        styler.setChartBackgroundColor(theme.background())
                .setPlotBackgroundColor(theme.background())
                .setPlotBorderColor(theme.grid())
                .setChartFontColor(theme.text())
                .setChartTitleFont(font(Font.BOLD))
                .setChartTitleBoxVisible(false)
                .setLegendBackgroundColor(theme.background())
                .setLegendBorderColor(theme.background())
                .setLegendFont(font(Font.PLAIN))
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal);
        styler.setMarkerSize(5);
    }

    private static void add(XYChart chart, Series series, Color color) {
        XYSeries drawn = chart.addSeries(series.name(), series.values(Point::x), series.values(Point::y));
        boolean markers = series.kind() == Kind.POINTS || series.kind() == Kind.MARKED_LINE;
        drawn.setXYSeriesRenderStyle(
                series.kind() == Kind.POINTS ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line);
        drawn.setMarker(markers ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        drawn.setMarkerColor(color);
        drawn.setLineColor(color);
        drawn.setLineStyle(new BasicStroke(series.kind() == Kind.REFERENCE ? 1.2f : 2.2f));
    }

    private static Color color(Series series, ChartTheme theme) {
        return series.kind() == Kind.POINTS ? theme.points(series.points().size()) : theme.faint();
    }

    private static Font font(int style) {
        return new Font(Font.SANS_SERIF, style, TEXT_SIZE);
    }
}
