package io.github.deqa4j.report;

import java.awt.Color;

/** Colors of a chart on a light and on a dark page; the same as in {@code report.css}. */
public enum ChartTheme {
    LIGHT(0xFFFFFF, 0x1F2430, 0x6A7180, 0xE4E7EC, 0x2563EB, 0xD9480F, 0x1D76DB, 0x1A7F37, 0x8250DF),
    DARK(0x1B1F27, 0xE6E9EF, 0x9AA3B2, 0x333A46, 0x7CB0FF, 0xFF9F5A, 0x58A6FF, 0x56D364, 0xBE8FFF);

    private final int background;
    private final int text;
    private final int faint;
    private final int grid;
    private final int points;
    private final int line1;
    private final int line2;
    private final int line3;
    private final int line4;

    ChartTheme(int background, int text, int faint, int grid, int points, int line1, int line2, int line3, int line4) {
        this.background = background;
        this.text = text;
        this.faint = faint;
        this.grid = grid;
        this.points = points;
        this.line1 = line1;
        this.line2 = line2;
        this.line3 = line3;
        this.line4 = line4;
    }

    Color background() {
        return new Color(background);
    }

    Color text() {
        return new Color(text);
    }

    Color faint() {
        return new Color(faint);
    }

    Color grid() {
        return new Color(grid);
    }

    /** The color of points, the fainter the more there are. */
    Color points(int count) {
        int alpha = (int) Math.max(50, Math.min(200, 90_000.0 / Math.max(1, count)));
        return new Color(points >> 16 & 0xFF, points >> 8 & 0xFF, points & 0xFF, alpha);
    }

    /** The color of a line of a chart, counted from 0; the colors repeat after four. */
    Color line(int index) {
        return new Color(
                switch (index % 4) {
                    case 0 -> line1;
                    case 1 -> line2;
                    case 2 -> line3;
                    default -> line4;
                });
    }
}
