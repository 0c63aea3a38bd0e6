package io.wishbone.node.io;

import java.time.Duration;

/// How packets leave.
///
/// @param segmented whether to use segmented datagrams where the kernel has them
/// @param gather how long a publisher's packets wait for the next ones, to be forwarded together;
///   at zero only those that have come already are
public record SendPath(boolean segmented, Duration gather) {
  /// Segmented datagrams if possible, and no waiting.
  public static final SendPath USUAL = new SendPath(true, Duration.ZERO);
}
