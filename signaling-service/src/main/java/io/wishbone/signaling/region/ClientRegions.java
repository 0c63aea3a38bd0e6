package io.wishbone.signaling.region;

import io.wishbone.signaling.SignalingConfig;
import jakarta.inject.Singleton;

/// Says in which region clients are.
@Singleton
public final class ClientRegions {

  private final ClientPlace here;

  ClientRegions(SignalingConfig config) {
    here = new ClientPlace(config.region().orElse(""), config.zone().orElse(""));
  }

  /// Where the client of the current request is.
  public ClientPlace current() {
    return here;
  }
}
