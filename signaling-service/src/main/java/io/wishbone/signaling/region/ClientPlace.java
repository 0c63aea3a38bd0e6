package io.wishbone.signaling.region;

/// Where a client is, as far as that is known.
///
/// @param region empty when unknown
/// @param zone the part of that region that is nearest; empty when unknown
public record ClientPlace(String region, String zone) {

  /// Anywhere.
  public static final ClientPlace UNKNOWN = new ClientPlace("", "");
}
