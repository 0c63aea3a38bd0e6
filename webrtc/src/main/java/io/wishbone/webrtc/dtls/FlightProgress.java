package io.wishbone.webrtc.dtls;

import java.nio.ByteBuffer;

/// Tells handshake fragments of one direction that are sent for the first time from those that are
/// sent again: by how far the message sequence and the offset in the message have come.
final class FlightProgress {

  private int newestMessage = -1;
  private int newestEnd;

  /// Whether the fragment brings something new; remembers it.
  boolean advances(ByteBuffer buffer, int fragment) {
    int message = HandshakeFragment.messageSequence(buffer, fragment);
    int offset = HandshakeFragment.offset(buffer, fragment);
    if (message < newestMessage || (message == newestMessage && offset < newestEnd)) {
      return false;
    }
    newestMessage = message;
    // A message without content still has an end that its repetition lies before.
    newestEnd = Math.max(1, offset + HandshakeFragment.length(buffer, fragment));
    return true;
  }
}
