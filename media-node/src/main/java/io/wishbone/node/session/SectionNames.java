package io.wishbone.node.session;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What packets call a section and its encodings, in bytes as they are on the wire: looking costs
/// no allocation.
final class SectionNames {
  private final int midExtensionId;
  private final byte[] mid;
  private final int ridExtensionId;
  private final int repairedRidExtensionId;
  private final List<String> rids;
  private final List<byte[]> ridBytes;

  private SectionNames(NegotiatedTrack track) {
    String name = track.mid();
    midExtensionId = track.extensionId(HeaderExtensionUris.MID);
    mid = name == null ? new byte[0] : bytes(name);
    ridExtensionId = track.extensionId(HeaderExtensionUris.RID);
    repairedRidExtensionId = track.extensionId(HeaderExtensionUris.REPAIRED_RID);
    rids = track.rids();
    ridBytes = rids.stream().map(SectionNames::bytes).toList();
  }

  static SectionNames of(NegotiatedTrack track) {
    return new SectionNames(track);
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /// Whether the packet names this section, or none.
  boolean mayName(RtpPacket packet) {
    int offset = midExtensionId == 0 ? -1 : packet.extensionOffset(midExtensionId);
    return offset < 0 || matches(mid, packet, offset, packet.extensionLength(midExtensionId));
  }

  /// The simulcast encoding that the packet names; null when it names none that was agreed on.
  @Nullable String encoding(RtpPacket packet) {
    return named(packet, ridExtensionId);
  }

  /// The simulcast encoding that the packet is a retransmission of; null when it names none that
  /// was agreed on.
  @Nullable String repairedEncoding(RtpPacket packet) {
    return named(packet, repairedRidExtensionId);
  }

  private @Nullable String named(RtpPacket packet, int extensionId) {
    int offset = extensionId == 0 ? -1 : packet.extensionOffset(extensionId);
    if (offset < 0) {
      return null;
    }
    int length = packet.extensionLength(extensionId);
    for (int i = 0; i < rids.size(); i++) {
      if (matches(ridBytes.get(i), packet, offset, length)) {
        return rids.get(i);
      }
    }
    return null;
  }

  private static boolean matches(byte[] name, RtpPacket packet, int offset, int length) {
    if (length != name.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (packet.buffer().get(offset + i) != name[i]) {
        return false;
      }
    }
    return true;
  }
}
