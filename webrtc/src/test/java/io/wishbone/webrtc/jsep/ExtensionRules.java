package io.wishbone.webrtc.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// RFC 8285 section 5 to 7: header extensions keep the offer's numbers.
final class ExtensionRules implements AnswerChecker.Rules {
  private static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
  private static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /// @param direction empty when not said
  private record Extension(String id, String direction, String uri) {
    static List<Extension> of(SdpSection section) {
      List<Extension> extensions = new ArrayList<>();
      for (String value : section.effective("extmap")) {
        String[] words = value.split("\\s+");
        String[] halves = words[0].split("/", 2);
        extensions.add(
            new Extension(
                halves[0], halves.length == 1 ? "" : halves[1], words.length == 1 ? "" : words[1]));
      }
      return extensions;
    }
  }

  @Override
  public void check(Exchange exchange) {
    exchange.acceptedPairs().forEach(pair -> check(exchange, pair));
    boolean isAnswered = !exchange.answer().values("extmap-allow-mixed").isEmpty();
    boolean isOffered =
        exchange.offer().sections().stream()
            .anyMatch(section -> !section.effective("extmap-allow-mixed").isEmpty());
    exchange.require(
        !isAnswered || isOffered,
        "RFC 8285 section 6",
        "a=extmap-allow-mixed is answered when offered only");
  }

  private static void check(Exchange exchange, Exchange.Pair pair) {
    SdpSection answered = pair.answered();
    List<Extension> offered = Extension.of(pair.offered());
    Set<String> ids = new HashSet<>();
    Set<String> uris = new HashSet<>();
    for (Extension extension : Extension.of(answered)) {
      String what = extension.id() + " " + extension.uri();
      exchange.require(
          extension.id().matches("[1-9][0-9]{0,2}") && Integer.parseInt(extension.id()) <= 255,
          "RFC 8285 section 5",
          answered,
          what + " is from 1 to 255");
      exchange.require(
          ids.add(extension.id()), "RFC 8285 section 5", answered, what + " has its own id");
      exchange.require(
          uris.add(extension.uri()), "RFC 8285 section 5", answered, what + " is there once");
      exchange.require(
          offered.stream().anyMatch(one -> isAnsweredBy(one, extension)),
          "RFC 8285 section 6",
          answered,
          what + " was offered under that id");
    }
    boolean isInBundle =
        exchange.answer().bundles().stream().anyMatch(group -> group.contains(answered.mid()));
    exchange.require(
        !isInBundle || !isOffered(offered, exchange.kind()) || uris.contains(MID),
        "RFC 9143 section 15",
        answered,
        "has the extension for mid");
    exchange.require(
        uris.contains(TRANSPORT_CC)
            || answered.values("rtcp-fb").stream().noneMatch(fb -> fb.endsWith(" transport-cc")),
        "transport-wide-cc",
        answered,
        "reports on packets that are numbered only");
  }

  /// `sendonly` is answered by `recvonly` or by nothing, and so on.
  private static boolean isAnsweredBy(Extension offered, Extension answered) {
    boolean isSame = offered.id().equals(answered.id()) && offered.uri().equals(answered.uri());
    return isSame
        && switch (answered.direction()) {
          case "", "inactive" -> true;
          case "recvonly" -> !offered.direction().equals("recvonly");
          case "sendonly" -> !offered.direction().equals("sendonly");
          default -> offered.direction().isEmpty() || offered.direction().equals("sendrecv");
        };
  }

  /// Whether it was offered for the direction of the media, under an id that nothing else has.
  private static boolean isOffered(List<Extension> offered, AnswerKind kind) {
    String offerer = kind == AnswerKind.TO_PUBLISHER ? "sendonly" : "recvonly";
    Extension mid = offered.stream().filter(one -> one.uri().equals(MID)).findFirst().orElse(null);
    return mid != null
        && (mid.direction().isEmpty()
            || mid.direction().equals("sendrecv")
            || mid.direction().equals(offerer))
        && offered.stream().filter(one -> one.id().equals(mid.id())).count() == 1
        && mid.id().length() <= 3;
  }
}
