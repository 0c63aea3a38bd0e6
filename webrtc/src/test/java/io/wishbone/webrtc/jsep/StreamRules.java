package io.wishbone.webrtc.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// RFC 8830: what is sent belongs to one MediaStream; who only receives names none.
final class StreamRules implements AnswerChecker.Rules {
  private static final String RULE = "RFC 8830 section 2";

  @Override
  public void check(Exchange exchange) {
    Set<String> streams = new HashSet<>();
    Set<String> tracks = new HashSet<>();
    for (Exchange.Pair pair : exchange.acceptedPairs()) {
      SdpSection answered = pair.answered();
      List<String> values = answered.values("msid");
      if (exchange.kind() == AnswerKind.TO_PUBLISHER) {
        exchange.require(values.isEmpty(), RULE, answered, "sends nothing and has no a=msid");
        continue;
      }
      exchange.require(values.size() == 1, RULE, answered, "has one a=msid");
      for (String value : values) {
        String[] words = value.split(" ");
        exchange.require(
            words.length == 2 && words[0].length() <= 64 && !words[0].equals("-"),
            RULE,
            answered,
            "'" + value + "' is a stream and a track");
        streams.add(words[0]);
        exchange.require(
            tracks.add(words[words.length - 1]), RULE, answered, "has a track of its own");
      }
    }
    exchange.require(
        streams.size() <= 1, "WHEP section 4.6.2", "all sections are of one stream: " + streams);
  }
}
