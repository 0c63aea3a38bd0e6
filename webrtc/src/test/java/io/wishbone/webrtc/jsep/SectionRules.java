package io.wishbone.webrtc.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// RFC 3264 section 6, RFC 9429 section 5.3.1: sections, their order, ports and directions.
final class SectionRules implements AnswerChecker.Rules {
  private static final String ANSWER = "RFC 9429 section 5.3.1";

  /// What may stand in a section that is taken. Nothing else of an offer is repeated.
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "mid",
          "recvonly",
          "sendonly",
          "sendrecv",
          "inactive",
          "ice-ufrag",
          "ice-pwd",
          "fingerprint",
          "setup",
          "rtcp-mux",
          "rtcp-mux-only",
          "rtcp-rsize",
          "rtpmap",
          "rtcp-fb",
          "fmtp",
          "extmap",
          "rid",
          "simulcast",
          "msid",
          "ssrc",
          "ssrc-group",
          "candidate",
          "end-of-candidates");

  @Override
  public void check(Exchange exchange) {
    exchange.require(
        exchange.offer().sections().size() == exchange.answer().sections().size(),
        "RFC 3264 section 6",
        "offer and answer have the same number of sections");
    exchange.pairs().forEach(pair -> checkSame(exchange, pair.offered(), pair.answered()));
    exchange.acceptedPairs().forEach(pair -> checkAccepted(exchange, pair));
    exchange.rejectedPairs().forEach(pair -> checkRejected(exchange, pair));
    checkMids(exchange);
    checkNumber(exchange);
  }

  private static void checkSame(Exchange exchange, SdpSection offered, SdpSection answered) {
    exchange.require(
        offered.kind().equals(answered.kind()),
        "RFC 3264 section 6",
        answered,
        "is m=" + offered.kind());
    exchange.require(
        offered.protocol().equals(answered.protocol()), ANSWER, answered, "repeats the protocol");
    exchange.require(
        Objects.equals(offered.mid(), answered.mid()),
        "RFC 5888 section 9",
        answered,
        "has its mid");
    exchange.require(
        answered.values("mid").size() <= 1, "RFC 5888 section 4", answered, "has one mid");
    exchange.require(
        !answered.has("bundle-only"), "RFC 9143 section 6", answered, "has no a=bundle-only");
    exchange.require(
        !offered.isRejected() || answered.isRejected(),
        "RFC 3264 section 6",
        answered,
        "has port 0, as in the offer");
    exchange.require(
        !answered.formats().isEmpty(), "RFC 8866 section 5.14", answered, "has a format");
    exchange.require(
        new HashSet<>(offered.formats()).containsAll(answered.formats()),
        "RFC 3264 section 6.1",
        answered,
        "has formats of the offer only");
    exchange.require(
        new HashSet<>(answered.formats()).size() == answered.formats().size(),
        "RFC 8866 section 5.14",
        answered,
        "names each format once");
  }

  private static void checkAccepted(Exchange exchange, Exchange.Pair pair) {
    SdpSection answered = pair.answered();
    exchange.require(answered.port().equals("9"), "RFC 8840 section 4.1.1", answered, "has port 9");
    exchange.require(answered.isMedia(), "RFC 9725 section 4.4.2", answered, "is audio or video");
    List<String> directions = answered.directions();
    exchange.require(directions.size() == 1, "RFC 8866 section 6.7", answered, "has one direction");
    exchange.require(
        answered.direction().equals(exchange.kind().direction()),
        "RFC 9725 section 4.2",
        answered,
        "is " + exchange.kind().direction());
    exchange.require(
        isLegal(pair.offered().direction(), answered.direction()),
        "RFC 3264 section 6.1",
        answered,
        answered.direction() + " answers " + pair.offered().direction());
    for (String name : answered.attributeNames()) {
      exchange.require(ATTRIBUTES.contains(name), ANSWER, answered, "says nothing of a=" + name);
    }
    exchange.require(
        !answered.has("rtcp-rsize") || pair.offered().has("rtcp-rsize"),
        "RFC 5506 section 5.1",
        answered,
        "has a=rtcp-rsize as in the offer only");
  }

  /// | offered | answered |
  /// |---|---|
  /// | sendonly | recvonly, inactive |
  /// | recvonly | sendonly, inactive |
  /// | sendrecv | anything |
  /// | inactive | inactive |
  private static boolean isLegal(String offered, String answered) {
    return switch (offered) {
      case "sendonly" -> answered.equals("recvonly") || answered.equals("inactive");
      case "recvonly" -> answered.equals("sendonly") || answered.equals("inactive");
      case "inactive" -> answered.equals("inactive");
      default -> true;
    };
  }

  /// "Rejected m-lines SHALL NOT include any codec or format information" (WHEP): the mid remains.
  private static void checkRejected(Exchange exchange, Exchange.Pair pair) {
    SdpSection answered = pair.answered();
    for (String name : answered.attributeNames()) {
      exchange.require(
          name.equals("mid"), "WHEP section 4.3.4", answered, "is rejected and has no a=" + name);
    }
    if (exchange.kind() == AnswerKind.TO_PUBLISHER) {
      exchange.require(
          pair.offered().isRejected() || !pair.offered().isMedia(),
          "RFC 9725 section 4.4.3",
          answered,
          "is not rejected alone");
    }
  }

  private static void checkMids(Exchange exchange) {
    var mids = new HashSet<String>();
    for (SdpSection section : exchange.answer().sections()) {
      String mid = section.mid();
      exchange.require(
          mid == null || mids.add(mid), "RFC 5888 section 4", section, "has a mid of its own");
    }
  }

  private static void checkNumber(Exchange exchange) {
    List<SdpSection> accepted =
        exchange.acceptedPairs().stream().map(Exchange.Pair::answered).toList();
    exchange.require(
        accepted.stream().anyMatch(SdpSection::isMedia),
        "RFC 9725 section 4.4.2",
        "one section at least is taken");
    for (String kind : List.of("audio", "video")) {
      exchange.require(
          accepted.stream().filter(section -> section.kind().equals(kind)).count() <= 1,
          "RFC 9725 section 4.4.2",
          "one " + kind + " at most is taken");
    }
  }
}
