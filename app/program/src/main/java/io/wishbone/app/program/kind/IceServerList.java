package io.wishbone.app.program.kind;

import io.wishbone.webrtc.uri.IceServerUri;
import java.util.Arrays;

/// Servers that help clients to get through.
public record IceServerList() implements ValueKind {

  @Override
  public String label() {
    return "LIST";
  }

  @Override
  public String allowed() {
    return "stun: and turn: URIs with commas but no spaces between several, such as"
        + " stun:stun.example.org,turn:turn.example.org:3478?transport=udp";
  }

  @Override
  public boolean accepts(String value) {
    return Arrays.stream(value.split(",", -1)).allMatch(IceServerUri::isValid);
  }
}
