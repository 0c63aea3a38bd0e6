package io.wishbone.client.load;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A [LoadResult] as one page that needs nothing else: the text, and plots over time.
final class HtmlReport {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 180;
  private static final int LEFT = 70;
  private static final int BOTTOM = 24;

  private HtmlReport() {}

  /// A line of a plot.
  private record Curve(String name, String color, ToDoubleFunction<LoadResult.Moment> value) {}

  static String of(LoadResult result) {
    var page =
        new StringBuilder(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Wishbone load</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em;
                   color: #222; background: #fff }
            pre { background: #f4f4f4; padding: 1em; overflow-x: auto }
            svg { width: 100%; height: auto } text { font: 12px system-ui, sans-serif; fill: #555 }
            </style></head><body><h1>Load</h1>
            """);
    page.append("<pre>").append(escaped(TextReport.of(result))).append("</pre>\n");
    List<LoadResult.Moment> course = result.course();
    plot(page, "Viewers", course, new Curve("connected", "#1565c0", LoadResult.Moment::connected));
    plot(
        page,
        "Received, Mbit/s",
        course,
        new Curve("all viewers", "#2e7d32", moment -> moment.bitsPerSecond() / 1e6));
    plot(
        page,
        "Delay, ms",
        course,
        new Curve("p99", "#c62828", moment -> moment.delayP99Nanos() / 1e6),
        new Curve("p50", "#ef6c00", moment -> moment.delayP50Nanos() / 1e6));
    if (result.serverCpuNanos() >= 0) {
      plot(
          page,
          "Server, cores",
          course,
          new Curve("cores", "#6a1b9a", moment -> Math.max(0, moment.serverCores())));
    }
    return page.append("</body></html>\n").toString();
  }

  private static void plot(
      StringBuilder page, String title, List<LoadResult.Moment> course, Curve... curves) {
    page.append("<h2>").append(escaped(title)).append("</h2>\n");
    double end = course.isEmpty() ? 1 : Math.max(1, course.getLast().atSeconds());
    double top = 1e-9;
    for (Curve curve : curves) {
      for (LoadResult.Moment moment : course) {
        top = Math.max(top, curve.value.applyAsDouble(moment));
      }
    }
    page.append("<svg viewBox=\"0 0 %d %d\" role=\"img\">\n".formatted(WIDTH, HEIGHT));
    for (int i = 0; i <= 4; i++) {
      double y = y(i / 4.0);
      page.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>%n",
              LEFT,
              WIDTH,
              y,
              y,
              LEFT - 6,
              y + 4,
              top * i / 4));
    }
    for (Curve curve : curves) {
      page.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + curve.color);
      page.append("\" points=\"");
      for (LoadResult.Moment moment : course) {
        double x = LEFT + moment.atSeconds() / end * (WIDTH - LEFT);
        double y = y(curve.value.applyAsDouble(moment) / top);
        page.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      }
      page.append("\"><title>").append(curve.name).append("</title></polyline>\n");
    }
    for (int i = 0; i < curves.length; i++) {
      page.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"16\" style=\"fill:%s\">%s</text>%n",
              LEFT + 10 + 60 * i,
              curves[i].color,
              curves[i].name));
    }
    page.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f s</text></svg>%n",
            WIDTH,
            HEIGHT - 6,
            end));
  }

  private static double y(double share) {
    return 10 + (1 - share) * (HEIGHT - BOTTOM - 10);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
