package io.wishbone.node.forward;

import io.wishbone.webrtc.payload.RedFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What stays the same in all packets of a track that a viewer gets.
///
/// @param midExtensionId the id under which each packet names its media section, 0 when the viewer
///   did not ask for that
/// @param transportCcExtensionId the id under which each packet has its transport-wide sequence
///   number, 0 when the viewer does not report on them
/// @param twoByteExtensions whether the viewer takes the two-byte form (`a=extmap-allow-mixed`)
/// @param redundancy how the viewer takes copies of what was sent before; null when it does not
public record EgressFormat(
    long ssrc,
    int payloadType,
    int midExtensionId,
    @Nullable String mid,
    int transportCcExtensionId,
    boolean twoByteExtensions,
    @Nullable RedFormat redundancy) {

  byte[] midBytes() {
    return mid == null ? new byte[0] : mid.getBytes(StandardCharsets.UTF_8);
  }
}
