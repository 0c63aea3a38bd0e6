package io.wishbone.node.relay;

import io.wishbone.node.stream.Encoding;
import org.jspecify.annotations.Nullable;

/// An encoding that the source has sent before the relay began.
///
/// @param rid its name in a simulcast, null without; packets need not say it again
/// @param packetIndex about the highest one so far: 48 bits, rollover counter and sequence number
public record RelayedEncoding(long ssrc, @Nullable String rid, long packetIndex) {

  static RelayedEncoding of(Encoding encoding) {
    return new RelayedEncoding(encoding.ssrc(), encoding.rid(), encoding.lastIndex());
  }
}
