package io.wishbone.signaling.region;

import org.jspecify.annotations.Nullable;

/// Where a client is, as far as that is known.
///
/// @param region empty when unknown
/// @param zone the part of that region that is nearest; empty when unknown
/// @param address the client's own, without a port; null when unknown
public record ClientPlace(String region, String zone, @Nullable String address) {

  /// Anywhere.
  public static final ClientPlace UNKNOWN = new ClientPlace("", "", null);
}
