package io.wishbone.signaling.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.wishbone.signaling.http.FirstRequest;
import jakarta.inject.Singleton;

/// Keeps the server's own first request out of the framework's `http_server_requests`: it gets an
/// outcome that is no client's, and what has that outcome is not recorded.
///
/// Runs on an HTTP event loop.
@Singleton
final class UncountedRequest implements HttpServerMetricsTagsContributor, MeterFilter {

  private static final String KEY = "outcome";
  private static final String OWN = "OWN";

  private final FirstRequest first;

  UncountedRequest(FirstRequest first) {
    this.first = first;
  }

  @Override
  public Tags contribute(Context context) {
    return first.isThis(context.request()) ? Tags.of(KEY, OWN) : Tags.empty();
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return OWN.equals(id.getTag(KEY)) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }
}
