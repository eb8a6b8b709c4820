package io.github.deqa4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
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
 * What a chart shows, to be drawn in either theme.
 *
 * @param title what it is
 * @param xTitle what the horizontal axis measures
 * @param yTitle what the vertical axis measures
 * @param x range of the horizontal axis
 * @param y range of the vertical axis
 * @param series what is drawn, the last on top
 */
record Chart(String title, String xTitle, String yTitle, Range x, Range y, List<Series> series) {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 420;
    private static final int SCALE = 2;
    private static final int TEXT_SIZE = 13;

    /** How a series is drawn. */
    enum Kind {
        POINTS,
        LINE,
        /** A thin line to compare with. */
        REFERENCE,
        MARKED_LINE
    }

    /** Part of an axis. */
    record Range(double low, double high) {}

    /** Points in order. */
    record Series(String name, Kind kind, List<Point> points) {
        private double[] values(ToDoubleFunction<Point> coordinate) {
            return points.stream().mapToDouble(coordinate).toArray();
        }
    }

    /** A place in a chart. */
    record Point(double x, double y) {}

    /** A function's points over a range. */
    static List<Point> curve(Range range, DoubleUnaryOperator function) {
        int steps = 200;
        return IntStream.rangeClosed(0, steps)
                .mapToDouble(i -> range.low() + (range.high() - range.low()) * i / steps)
                .mapToObj(at -> new Point(at, function.applyAsDouble(at)))
                .toList();
    }

    /** Draws it with two pixels to each unit of length, for sharp screens. */
    BufferedImage draw(ChartTheme theme) {
        BufferedImage image = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        chart(theme).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        return image;
    }

    private XYChart chart(ChartTheme theme) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        style(chart.getStyler(), theme);
        series.forEach(one -> add(chart, one, theme));
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

    private static void add(XYChart chart, Series series, ChartTheme theme) {
        XYSeries drawn = chart.addSeries(series.name(), series.values(Point::x), series.values(Point::y));
        boolean markers = series.kind() == Kind.POINTS || series.kind() == Kind.MARKED_LINE;
        drawn.setXYSeriesRenderStyle(
                series.kind() == Kind.POINTS ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line);
        drawn.setMarker(markers ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        Color color = color(series, theme);
        drawn.setMarkerColor(color);
        drawn.setLineColor(color);
        drawn.setLineStyle(new BasicStroke(series.kind() == Kind.REFERENCE ? 1.2f : 2.2f));
    }

    private static Color color(Series series, ChartTheme theme) {
        return switch (series.kind()) {
            case POINTS -> theme.points(series.points().size());
            case REFERENCE -> theme.faint();
            case LINE, MARKED_LINE -> theme.accent();
        };
    }

    private static Font font(int style) {
        return new Font(Font.SANS_SERIF, style, TEXT_SIZE);
    }
}
