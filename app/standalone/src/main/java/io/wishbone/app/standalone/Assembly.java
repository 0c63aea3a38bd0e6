package io.wishbone.app.standalone;

import io.wishbone.control.InProcessCarrier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What the rooms leave open: signalling and the media node meet in this process. The stores keep
/// to their default, embedded caches.
@Singleton
final class Assembly {

  @Produces
  @Singleton
  InProcessCarrier carrier() {
    return new InProcessCarrier();
  }
}
