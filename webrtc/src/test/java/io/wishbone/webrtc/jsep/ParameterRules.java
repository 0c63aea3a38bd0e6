package io.wishbone.webrtc.jsep;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// `a=fmtp`: what has to be the same on both sides.
final class ParameterRules implements AnswerChecker.Rules {
  private static final Pattern PROFILE = Pattern.compile("[0-9a-f]{6}");

  /// Of codecs whose profile is not negotiated: what it is when not said.
  private static final Map<String, Map<String, String>> SYMMETRIC =
      Map.of(
          "vp9", Map.of("profile-id", "0"),
          "av1", Map.of("profile", "0"),
          "h265", Map.of("profile-id", "1"));

  @Override
  public void check(Exchange exchange) {
    exchange.acceptedPairs().forEach(pair -> check(exchange, pair));
  }

  private static void check(Exchange exchange, Exchange.Pair pair) {
    SdpSection answered = pair.answered();
    for (String payloadType : answered.formats()) {
      exchange.require(
          answered.of("fmtp", payloadType).size() <= 1,
          "RFC 8866 section 6.15",
          answered,
          "has one a=fmtp for " + payloadType);
      Map<String, String> mine = parameters(exchange, answered, payloadType, true);
      Map<String, String> theirs = parameters(exchange, pair.offered(), payloadType, false);
      String codec = FormatRules.encoding(answered, payloadType).split("/")[0];
      switch (codec) {
        case "rtx" -> checkRtx(exchange, pair, mine, theirs);
        case "h264" -> checkH264(exchange, answered, mine, theirs);
        default -> checkSymmetric(exchange, answered, codec, mine, theirs);
      }
    }
  }

  /// RFC 4588 section 8.6.
  private static void checkRtx(
      Exchange exchange, Exchange.Pair pair, Map<String, String> mine, Map<String, String> theirs) {
    String apt = mine.getOrDefault("apt", "");
    exchange.require(
        pair.answered().formats().contains(apt)
            && !FormatRules.encoding(pair.answered(), apt).startsWith("rtx"),
        "RFC 4588 section 8.6",
        pair.answered(),
        "retransmits a format that it has, not '" + apt + "'");
    exchange.require(
        apt.equals(theirs.getOrDefault("apt", "")),
        "RFC 4588 section 8.6",
        pair.answered(),
        "retransmits what the offer said");
  }

  /// RFC 6184 section 8.2.2: mode and profile are the same on both sides; the level may be lower,
  /// and higher only when both allow it.
  private static void checkH264(
      Exchange exchange,
      SdpSection answered,
      Map<String, String> mine,
      Map<String, String> theirs) {
    String rule = "RFC 6184 section 8.2.2";
    exchange.require(
        mine.getOrDefault("packetization-mode", "0")
            .equals(number(theirs.get("packetization-mode"))),
        rule,
        answered,
        "has the offered packetization-mode");
    String profile = profile(theirs.get("profile-level-id"));
    String answer = profile(mine.get("profile-level-id"));
    exchange.require(
        mine.get("profile-level-id") == null
            || PROFILE.matcher(mine.get("profile-level-id").toLowerCase(Locale.ROOT)).matches(),
        rule,
        answered,
        "has a profile-level-id of six digits");
    exchange.require(
        answer.substring(0, 4).equals(profile.substring(0, 4)),
        rule,
        answered,
        "has the offered profile " + profile);
    boolean isAsymmetric =
        "1".equals(mine.get("level-asymmetry-allowed"))
            && "1".equals(theirs.get("level-asymmetry-allowed"));
    exchange.require(
        isAsymmetric
            || Integer.parseInt(answer.substring(4), 16)
                <= Integer.parseInt(profile.substring(4), 16),
        rule,
        answered,
        "has no higher level than " + profile);
    exchange.require(
        !"1".equals(mine.get("level-asymmetry-allowed"))
            || "1".equals(theirs.get("level-asymmetry-allowed")),
        rule,
        answered,
        "allows level asymmetry as the offer does only");
  }

  private static String number(String value) {
    return value != null && value.matches("[0-9]{1,3}") ? value : "0";
  }

  /// Baseline, level 1, when it is not said or makes no sense.
  private static String profile(String value) {
    String lower = value == null ? "" : value.toLowerCase(Locale.ROOT);
    return PROFILE.matcher(lower).matches() ? lower : "42000a";
  }

  private static void checkSymmetric(
      Exchange exchange,
      SdpSection answered,
      String codec,
      Map<String, String> mine,
      Map<String, String> theirs) {
    SYMMETRIC
        .getOrDefault(codec, Map.of())
        .forEach((name, otherwise) ->
            exchange.require(
                mine.getOrDefault(name, otherwise).equals(theirs.getOrDefault(name, otherwise)),
                "RFC 3264 section 6.1",
                answered,
                "has the offered " + name));
  }

  private static Map<String, String> parameters(
      Exchange exchange, SdpSection section, String payloadType, boolean isJudged) {
    Map<String, String> parameters = new HashMap<>();
    List<String> lines = section.of("fmtp", payloadType);
    for (String part : lines.isEmpty() ? new String[0] : lines.getFirst().split(";")) {
      String[] halves = part.split("=", 2);
      String name = halves[0].strip().toLowerCase(Locale.ROOT);
      String earlier = parameters.putIfAbsent(name, halves.length == 1 ? "" : halves[1].strip());
      if (isJudged) {
        exchange.require(
            earlier == null, "RFC 8866 section 6.15", section, "says " + name + " once");
      }
    }
    return parameters;
  }
}
