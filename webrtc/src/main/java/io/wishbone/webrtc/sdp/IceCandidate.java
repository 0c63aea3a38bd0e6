package io.wishbone.webrtc.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `a=candidate`, RFC 8839 section 5.1:
///
/// ```
/// <foundation> <component> <transport> <priority> <address> <port> typ <type>
///     [raddr <address>] [rport <port>] *(<name> <value>)
/// ```
///
/// Any transport, type and name of a host is a candidate here; whether it is of use is for the ICE
/// agent to say. Component ids that ICE does not know (0, 999) are seen in the wild and survived.
///
/// @param relatedPort -1 when absent
/// @param extensions what follows, as pairs in their order: `generation`, `tcptype`, `ufrag` …
public record IceCandidate(
    String foundation,
    int component,
    String transport,
    long priority,
    String address,
    int port,
    String type,
    @Nullable String relatedAddress,
    int relatedPort,
    List<Extension> extensions)
    implements AttributeValue {

  /// A name and its value behind the fixed part.
  public record Extension(String name, String value) {
    public Extension {
      Grammar.word("candidate extension", name);
      Grammar.word("candidate extension", value);
    }
  }

  private static final String PREFIX = "candidate:";
  private static final int FIXED_WORDS = 8;
  private static final int ADDRESS_LENGTH = 255;

  public IceCandidate {
    Grammar.word("candidate foundation", foundation);
    // Nor is it in RFC 8839; what is written would be read as the word in front.
    if (foundation.startsWith(PREFIX)) {
      throw new InvalidValueException("a candidate foundation begins with candidate:");
    }
    Grammar.inRange("candidate component", component, 0, 999);
    Grammar.token("candidate transport", transport, 32);
    Grammar.inRange("candidate priority", priority, 0, 0xffff_ffffL);
    checkAddress(address);
    Grammar.inRange("candidate port", port, 0, 65535);
    Grammar.token("candidate type", type, 32);
    if (relatedAddress != null) {
      checkAddress(relatedAddress);
    }
    Grammar.inRange("candidate related port", relatedPort, -1, 65535);
    extensions = List.copyOf(extensions);
  }

  /// A candidate without a related address and without extensions.
  public IceCandidate(
      String foundation,
      int component,
      String transport,
      long priority,
      String address,
      int port,
      String type) {
    this(foundation, component, transport, priority, address, port, type, null, -1, List.of());
  }

  /// Reads the value of the attribute; the word `candidate:` in front of it, as in JavaScript's
  /// `RTCIceCandidate`, is allowed.
  ///
  /// @throws IllegalArgumentException when it is none
  public static IceCandidate parse(String value) {
    String text = value.startsWith(PREFIX) ? value.substring(PREFIX.length()) : value;
    List<String> words = Grammar.words(text);
    if (words.size() < FIXED_WORDS || !words.get(6).equals("typ")) {
      throw new InvalidValueException("a=candidate lacks some of its eight parts");
    }
    String relatedAddress = null;
    int relatedPort = -1;
    List<Extension> extensions = new ArrayList<>();
    // A name without a value at the end is dropped.
    for (int i = FIXED_WORDS; i + 1 < words.size(); i += 2) {
      switch (words.get(i)) {
        case "raddr" -> relatedAddress = words.get(i + 1);
        case "rport" ->
            relatedPort = Grammar.integer("candidate related port", words.get(i + 1), 0, 65535);
        default -> extensions.add(new Extension(words.get(i), words.get(i + 1)));
      }
    }
    return new IceCandidate(
        words.get(0),
        Grammar.integer("candidate component", words.get(1), 0, 999),
        words.get(2),
        Grammar.number("candidate priority", words.get(3), 0, 0xffff_ffffL),
        words.get(4),
        Grammar.integer("candidate port", words.get(5), 0, 65535),
        words.get(7),
        relatedAddress,
        relatedPort,
        extensions);
  }

  /// The value of the attribute.
  public String write() {
    StringBuilder text = new StringBuilder(96);
    text.append(foundation).append(' ').append(component).append(' ').append(transport);
    text.append(' ').append(priority).append(' ').append(address).append(' ').append(port);
    text.append(" typ ").append(type);
    if (relatedAddress != null) {
      text.append(" raddr ").append(relatedAddress);
    }
    if (relatedPort >= 0) {
      text.append(" rport ").append(relatedPort);
    }
    for (Extension extension : extensions) {
      text.append(' ').append(extension.name()).append(' ').append(extension.value());
    }
    return text.toString();
  }

  public boolean isUdp() {
    return transport.equalsIgnoreCase("udp");
  }

  /// Where it is, or `null` when the address is not written in digits. Never asks a name server.
  public @Nullable InetSocketAddress socketAddress() {
    boolean isIpv4 = address.chars().filter(c -> c == '.').count() == 3 && isDotted(address);
    boolean isIpv6 = address.indexOf(':') >= 0 && address.indexOf('%') < 0;
    if (!isIpv4 && !isIpv6) {
      return null;
    }
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The user name fragment of the ICE session that the candidate was gathered for, where the
  /// client says so (RFC 8838 section 11 leaves it to the sdpfrag; browsers repeat it here).
  public @Nullable String usernameFragment() {
    return extension("ufrag");
  }

  /// The value of an extension such as `tcptype`.
  public @Nullable String extension(String name) {
    for (Extension extension : extensions) {
      if (extension.name().equals(name)) {
        return extension.value();
      }
    }
    return null;
  }

  @Override
  public Attribute attribute() {
    return new Attribute("candidate", write());
  }

  private static void checkAddress(String address) {
    Grammar.word("candidate address", address);
    if (address.length() > ADDRESS_LENGTH) {
      throw new InvalidValueException("candidate address is longer than a name may be");
    }
  }

  private static boolean isDotted(String text) {
    return text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
