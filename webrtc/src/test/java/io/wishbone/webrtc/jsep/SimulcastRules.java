package io.wishbone.webrtc.jsep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// RFC 8853 section 5.3.2 and RFC 8851 section 6: a publisher's encodings are taken all, the other
/// way round.
final class SimulcastRules implements AnswerChecker.Rules {
  private static final String SIMULCAST = "RFC 8853 section 5.3.2";
  private static final String RID = "RFC 8851 section 6";
  private static final String RID_EXTENSION = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

  @Override
  public void check(Exchange exchange) {
    exchange.acceptedPairs().forEach(pair -> check(exchange, pair));
  }

  private static void check(Exchange exchange, Exchange.Pair pair) {
    SdpSection answered = pair.answered();
    if (exchange.kind() == AnswerKind.TO_VIEWER) {
      exchange.require(
          !answered.has("rid") && !answered.has("simulcast"),
          SIMULCAST,
          answered,
          "sends one encoding at a time");
      return;
    }
    List<List<String>> offered =
        offeredStreams(pair.offered()).stream()
            .map(stream -> stream.stream().filter(rid -> isSendable(pair, rid)).toList())
            .toList();
    if (offered.stream().anyMatch(List::isEmpty)) {
      offered = List.of();
    }
    if (offered.isEmpty()) {
      exchange.require(
          !answered.has("simulcast"), SIMULCAST, answered, "has a=simulcast when offered only");
      exchange.require(!answered.has("rid"), RID, answered, "has a=rid with a=simulcast only");
      return;
    }
    List<String> lines = answered.values("simulcast");
    exchange.require(lines.size() == 1, SIMULCAST, answered, "has one a=simulcast");
    if (lines.size() != 1) {
      return;
    }
    String[] words = lines.getFirst().split(" ");
    exchange.require(
        words.length == 2 && words[0].equals("recv"),
        SIMULCAST,
        answered,
        "'" + lines.getFirst() + "' receives what the offer sends");
    List<List<String>> taken = streams(words[words.length - 1]);
    exchange.require(
        taken.size() == offered.size(),
        "RFC 9725 section 4.8",
        answered,
        "takes all " + offered.size() + " streams, not " + taken.size());
    for (int i = 0; i < Math.min(taken.size(), offered.size()); i++) {
      exchange.require(
          offered.get(i).containsAll(taken.get(i)),
          SIMULCAST,
          answered,
          "takes " + taken.get(i) + " of " + offered.get(i));
    }
    checkRids(exchange, pair, taken.stream().flatMap(List::stream).toList());
  }

  private static void checkRids(Exchange exchange, Exchange.Pair pair, List<String> taken) {
    SdpSection answered = pair.answered();
    Set<String> described = new HashSet<>();
    for (String value : answered.values("rid")) {
      String[] words = value.split(" ", 3);
      exchange.require(
          words.length >= 2 && words[1].equals("recv"), RID, answered, "'" + value + "' receives");
      exchange.require(described.add(words[0]), RID, answered, "describes " + words[0] + " once");
      exchange.require(taken.contains(words[0]), RID, answered, "describes what it takes only");
      checkRestrictions(exchange, pair, words[0], words.length == 3 ? words[2] : "");
    }
    exchange.require(
        described.containsAll(taken), SIMULCAST, answered, "describes all of " + taken);
  }

  /// Whether an encoding may have one of the formats that were agreed on.
  private static boolean isSendable(Exchange.Pair pair, String rid) {
    String types = restrictionsOf(pair.offered(), rid).get("pt");
    return types == null
        || Arrays.stream(types.split(",")).anyMatch(pair.answered().formats()::contains);
  }

  private static Map<String, String> restrictionsOf(SdpSection offered, String rid) {
    return offered.values("rid").stream()
        .map(value -> value.split("\\s+", 3))
        .filter(words -> words[0].equals(rid))
        .map(words -> restrictions(words.length == 3 ? words[2] : ""))
        .findFirst()
        .orElse(Map.of());
  }

  /// Restrictions stay; they may become tighter, which ours never do. Payload types may get fewer.
  private static void checkRestrictions(
      Exchange exchange, Exchange.Pair pair, String rid, String restrictions) {
    Map<String, String> offered = restrictionsOf(pair.offered(), rid);
    Map<String, String> answered = restrictions(restrictions);
    exchange.require(
        offered.keySet().equals(answered.keySet()),
        RID,
        pair.answered(),
        "keeps the restrictions of " + rid + ": " + offered.keySet());
    answered.forEach((name, value) -> {
      if (name.equals("pt")) {
        List<String> types = List.of(value.split(","));
        exchange.require(
            pair.answered().formats().containsAll(types)
                && List.of(offered.getOrDefault("pt", "").split(",")).containsAll(types),
            RID,
            pair.answered(),
            "names payload types of both sides for " + rid);
      } else {
        exchange.require(
            value.equals(offered.get(name)), RID, pair.answered(), "keeps " + name + " of " + rid);
      }
    });
  }

  private static Map<String, String> restrictions(String text) {
    Map<String, String> restrictions = new HashMap<>();
    for (String part : text.split(";")) {
      String[] halves = part.strip().split("=", 2);
      if (!halves[0].isEmpty()) {
        restrictions.putIfAbsent(halves[0], halves.length == 1 ? "" : halves[1].strip());
      }
    }
    return restrictions;
  }

  /// The rids of each stream that the offer can send, none when its simulcast is no good: two
  /// lines, rids that are not described, or none of them for the section's packets to name.
  private static List<List<String>> offeredStreams(SdpSection offered) {
    List<String> lines = offered.values("simulcast");
    boolean isNamed =
        offered.effective("extmap").stream().anyMatch(value -> value.endsWith(RID_EXTENSION));
    if (lines.size() != 1 || !isNamed) {
      return List.of();
    }
    Map<String, String> directions = new HashMap<>();
    for (String value : offered.values("rid")) {
      String[] words = value.split("\\s+");
      if (words.length >= 2) {
        directions.putIfAbsent(words[0], words[1]);
      }
    }
    String[] words = lines.getFirst().split("\\s+");
    List<List<String>> sent = List.of();
    for (int i = 0; i + 1 < words.length; i += 2) {
      String direction = words[i];
      List<List<String>> streams = streams(words[i + 1]);
      boolean isDescribed =
          streams.stream()
              .flatMap(List::stream)
              .allMatch(rid -> direction.equals(directions.get(rid)));
      if (!isDescribed) {
        return List.of();
      }
      sent = direction.equals("send") ? streams : sent;
    }
    return sent;
  }

  private static List<List<String>> streams(String text) {
    List<List<String>> streams = new ArrayList<>();
    for (String stream : text.split(";")) {
      streams.add(List.of(stream.replace("~", "").split(",")));
    }
    return streams;
  }
}
