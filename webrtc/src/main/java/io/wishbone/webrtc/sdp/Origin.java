package io.wishbone.webrtc.sdp;

import java.util.List;

/// `o=<username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address>`, RFC 8866 section
/// 5.2. The numbers are kept as text: some clients use more than 63 bits, and nobody calculates
/// with them.
public record Origin(
    String username,
    String sessionId,
    String sessionVersion,
    String networkType,
    String addressType,
    String address) {

  public Origin {
    // Names may be in any script, the rest is ASCII.
    if (username.isEmpty() || username.indexOf(' ') >= 0) {
      throw new InvalidValueException("o= has a user name that is not one word");
    }
    Grammar.text("o=", username);
    Grammar.word("session id", sessionId);
    Grammar.word("session version", sessionVersion);
    Grammar.word("network type", networkType);
    Grammar.word("address type", addressType);
    Grammar.word("address", address);
    if (line(username, sessionId, sessionVersion, networkType, addressType, address).length()
        > Limits.LINE_LENGTH) {
      throw new InvalidValueException("o= is longer than a line may be");
    }
  }

  /// What a WebRTC end point writes: its real address is in the candidates (RFC 9429 section
  /// 5.2.1).
  public static Origin of(long sessionId) {
    Grammar.inRange("session id", sessionId, 0, Long.MAX_VALUE);
    return new Origin("-", Long.toString(sessionId), "1", "IN", "IP4", "127.0.0.1");
  }

  static Origin parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.size() != 6) {
      throw new InvalidValueException("o= does not have six parts");
    }
    return new Origin(
        words.get(0), words.get(1), words.get(2), words.get(3), words.get(4), words.get(5));
  }

  /// The line without its end.
  @Override
  public String toString() {
    return line(username, sessionId, sessionVersion, networkType, addressType, address);
  }

  private static String line(String... words) {
    return "o=" + String.join(" ", words);
  }
}
