package io.wishbone.it.cluster;

import io.wishbone.app.cluster.Member;
import java.net.http.HttpRequest;

/// What a pod or a node says of itself at `/q/metrics`.
final class Exposition {

  private Exposition() {}

  /// The metrics of one moment, in the text format of Prometheus.
  record Values(String text) {

    /// The values of all series that are written so, or begin so, together.
    double value(String prefix) {
      return value(prefix, "");
    }

    /// Of those the ones that have this label, such as `role="publisher"`.
    double value(String prefix, String label) {
      return text.lines()
          .filter(line -> line.startsWith(prefix) && line.contains(label))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  static Values of(Member member) {
    return new Values(
        LiveSession.send(HttpRequest.newBuilder(member.http().resolve("q/metrics"))).body());
  }
}
