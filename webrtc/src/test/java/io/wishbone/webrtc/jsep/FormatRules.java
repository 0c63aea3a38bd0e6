package io.wishbone.webrtc.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// RFC 3264 section 6.1, RFC 4585 section 4.2: payload types and what may be said of them.
final class FormatRules implements AnswerChecker.Rules {
  private static final Set<String> AUXILIARY =
      Set.of("rtx", "red", "ulpfec", "flexfec-03", "cn", "telephone-event");

  /// RFC 3551 section 6, of those that browsers offer.
  private static final Map<String, String> STATIC =
      Map.of("0", "pcmu/8000", "8", "pcma/8000", "9", "g722/8000", "13", "cn/8000");

  @Override
  public void check(Exchange exchange) {
    for (Exchange.Pair pair : exchange.acceptedPairs()) {
      checkMaps(exchange, pair);
      checkFeedback(exchange, pair);
    }
  }

  private static void checkMaps(Exchange exchange, Exchange.Pair pair) {
    SdpSection answered = pair.answered();
    boolean hasMedia = false;
    for (String payloadType : answered.formats()) {
      List<String> said = answered.of("rtpmap", payloadType);
      exchange.require(
          said.size() == 1,
          "RFC 8866 section 6.6",
          answered,
          "says once what " + payloadType + " is");
      String offered = encoding(pair.offered(), payloadType);
      String encoding = encoding(answered, payloadType);
      exchange.require(
          encoding.equals(offered),
          "RFC 3264 section 6.1",
          answered,
          payloadType + " is " + offered + " in the offer, " + encoding + " in the answer");
      hasMedia |= !encoding.isEmpty() && !AUXILIARY.contains(encoding.split("/")[0]);
    }
    exchange.require(hasMedia, "RFC 3264 section 6.1", answered, "has a format with media");
    for (String name : List.of("rtpmap", "fmtp")) {
      for (String value : answered.values(name)) {
        String payloadType = value.split(" ")[0];
        exchange.require(
            answered.formats().contains(payloadType),
            "RFC 9429 section 5.3.1",
            answered,
            "says a=" + name + " of formats that it has, not of " + payloadType);
      }
    }
  }

  /// Name and clock rate and channels, in lower case, `/1` left out.
  static String encoding(SdpSection section, String payloadType) {
    List<String> maps = section.of("rtpmap", payloadType);
    String said = maps.isEmpty() ? STATIC.getOrDefault(payloadType, "") : maps.getFirst();
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.endsWith("/1") && lower.chars().filter(c -> c == '/').count() == 2
        ? lower.substring(0, lower.length() - 2)
        : lower;
  }

  private static void checkFeedback(Exchange exchange, Exchange.Pair pair) {
    for (String value : pair.answered().values("rtcp-fb")) {
      String[] halves = value.split(" ", 2);
      exchange.require(
          halves.length == 2 && pair.answered().formats().contains(halves[0]),
          "RFC 4585 section 4.2",
          pair.answered(),
          "'" + value + "' is feedback on a format that it has");
      var offered = new HashSet<>(pair.offered().of("rtcp-fb", halves[0]));
      offered.addAll(pair.offered().of("rtcp-fb", "*"));
      exchange.require(
          halves.length == 2
              && offered.stream()
                  .anyMatch(one -> String.join(" ", one.split("\\s+")).equals(halves[1])),
          "RFC 4585 section 4.2",
          pair.answered(),
          "'" + value + "' was offered");
    }
  }
}
