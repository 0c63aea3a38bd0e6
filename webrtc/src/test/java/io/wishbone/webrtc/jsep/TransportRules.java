package io.wishbone.webrtc.jsep;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// One transport for all sections: rtcp-mux, ICE credentials, certificate, DTLS roles.
final class TransportRules implements AnswerChecker.Rules {
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
  private static final Pattern PWD = Pattern.compile("[A-Za-z0-9+/]{22,256}");
  private static final Pattern HASH = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2})*");
  private static final Map<String, Integer> HASH_BYTES =
      Map.of("sha-256", 32, "sha-384", 48, "sha-512", 64);

  /// What may be answered to an offered `a=setup`; one that is not said is `active` (RFC 4145
  /// section 4).
  private static final Map<String, Set<String>> ROLES =
      Map.of(
          "actpass", Set.of("active", "passive"),
          "active", Set.of("passive"),
          "passive", Set.of("active"),
          "", Set.of("passive"));

  @Override
  public void check(Exchange exchange) {
    exchange.acceptedPairs().forEach(pair -> check(exchange, pair));
    for (String name : List.of("ice-ufrag", "ice-pwd", "fingerprint", "setup")) {
      exchange.require(
          exchange.acceptedPairs().stream()
                  .map(pair -> pair.answered().values(name))
                  .distinct()
                  .count()
              <= 1,
          "RFC 9143 section 7.1.3",
          "all sections have the same a=" + name);
    }
    exchange.require(
        exchange.answer().values("ice-lite").size() == 1,
        "RFC 8839 section 5.3",
        "the session has a=ice-lite");
    exchange.require(
        exchange.answer().values("ice-options").equals(List.of("trickle ice2")),
        "RFC 8840 section 4.1.3",
        "the session has a=ice-options:trickle ice2");
  }

  private static void check(Exchange exchange, Exchange.Pair pair) {
    SdpSection answered = pair.answered();
    exchange.require(
        !answered.has("rtcp-mux") || pair.offered().has("rtcp-mux"),
        "RFC 5761 section 5.1.1",
        answered,
        "has a=rtcp-mux as in the offer only");
    exchange.require(
        answered.has("rtcp-mux"), "RFC 9725 section 4.4.1", answered, "has a=rtcp-mux");
    exchange.require(
        answered.has("rtcp-mux-only"), "RFC 9725 section 4.4.1", answered, "has a=rtcp-mux-only");
    one(exchange, answered, "ice-ufrag", UFRAG, "RFC 8839 section 5.4");
    one(exchange, answered, "ice-pwd", PWD, "RFC 8839 section 5.4");
    checkFingerprint(exchange, answered);
    List<String> setup = answered.values("setup");
    List<String> offered = exchange.taggedPair().offered().effective("setup");
    Set<String> legal = ROLES.getOrDefault(offered.isEmpty() ? "" : offered.getFirst(), Set.of());
    exchange.require(
        setup.size() == 1 && legal.contains(setup.getFirst()),
        "RFC 8842 section 5.3",
        answered,
        "a=setup:" + setup + " answers " + offered);
  }

  private static void one(
      Exchange exchange, SdpSection section, String name, Pattern form, String rule) {
    List<String> values = section.values(name);
    exchange.require(
        values.size() == 1 && form.matcher(values.getFirst()).matches(),
        rule,
        section,
        "has one valid a=" + name);
  }

  private static void checkFingerprint(Exchange exchange, SdpSection section) {
    List<String> values = section.values("fingerprint");
    exchange.require(values.size() == 1, "RFC 8122 section 5", section, "has one a=fingerprint");
    for (String value : values) {
      String[] words = value.split(" ", 2);
      exchange.require(
          words.length == 2
              && HASH.matcher(words[1]).matches()
              && words[1].length() + 1 == 3 * HASH_BYTES.getOrDefault(words[0], -1),
          "RFC 8122 section 5",
          section,
          "a=fingerprint:" + value + " is a hash and its bytes");
    }
  }
}
