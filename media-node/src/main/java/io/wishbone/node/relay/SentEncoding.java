package io.wishbone.node.relay;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.nack.NackResponder;
import io.wishbone.webrtc.nack.RetransmissionBudget;

/// An encoding as it was sent to one edge.
final class SentEncoding {
  private final Encoding encoding;
  private final NackResponder nacks;
  private long packets;
  private long octets;
  private long highest;

  /// @param budget the edge's, shared by its encodings
  SentEncoding(Encoding encoding, RetransmissionBudget budget) {
    this.encoding = encoding;
    this.nacks = new NackResponder(budget);
  }

  Encoding encoding() {
    return encoding;
  }

  /// Decides what is sent again.
  NackResponder nacks() {
    return nacks;
  }

  long packets() {
    return packets;
  }

  long octets() {
    return octets;
  }

  /// The highest packet index that was sent.
  long highest() {
    return highest;
  }

  void sent(SourcePacket packet) {
    packets++;
    octets += packet.rtp().payloadLength();
    highest = Math.max(highest, packet.index());
  }
}
