package io.wishbone.webrtc.sdp;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// `a=fingerprint:sha-256 4A:AD:…`: the hash of the certificate that the DTLS handshake must show
/// (RFC 8122 section 5).
///
/// @param algorithm in small letters
/// @param value pairs of capital hexadecimal digits between colons
public record Fingerprint(String algorithm, String value) implements AttributeValue {
  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

  public Fingerprint {
    algorithm = Grammar.token("hash function", algorithm, 32).toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
    int length = checkedLength(value);
    int expected = hashLength(algorithm);
    if (expected > 0 && length != expected) {
      throw new InvalidValueException(
          "a=fingerprint has " + length + " bytes where " + algorithm + " has " + expected);
    }
  }

  /// The fingerprint of this hash.
  public static Fingerprint of(String algorithm, byte[] hash) {
    return new Fingerprint(algorithm, HEX.formatHex(hash));
  }

  static Fingerprint parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.size() != 2) {
      throw new InvalidValueException("a=fingerprint is not a hash function and a hash");
    }
    return new Fingerprint(words.get(0), words.get(1));
  }

  /// The hash itself.
  public byte[] hash() {
    return HEX.parseHex(value);
  }

  @Override
  public Attribute attribute() {
    return new Attribute("fingerprint", algorithm + " " + value);
  }

  private static int checkedLength(String value) {
    if (value.length() % 3 != 2) {
      throw new InvalidValueException("a=fingerprint is not pairs of digits between colons");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean fits = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
      if (!fits) {
        throw new InvalidValueException("a=fingerprint is not pairs of digits between colons");
      }
    }
    return (value.length() + 1) / 3;
  }

  private static int hashLength(String algorithm) {
    return switch (algorithm) {
      case "md5" -> 16;
      case "sha-1" -> 20;
      case "sha-224" -> 28;
      case "sha-256" -> 32;
      case "sha-384" -> 48;
      case "sha-512" -> 64;
      default -> -1;
    };
  }
}
