package io.wishbone.webrtc.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// RFC 9143 section 9.2: a packet finds its section by its MID, or else by an SSRC that the section
/// announces (RFC 5576), so that one of both is there. An SSRC that is announced may not change, so
/// that none is without need: with retransmissions, which are told apart by a group of SSRCs.
final class SourceRules implements AnswerChecker.Rules {
  private static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
  private static final String RULE = "RFC 9143 section 9.2";
  private static final String FID = "RFC 5576 section 4.2";

  @Override
  public void check(Exchange exchange) {
    Set<String> sources = new HashSet<>();
    for (Exchange.Pair pair : exchange.acceptedPairs()) {
      SdpSection answered = pair.answered();
      List<String> announced = answered.values("ssrc");
      List<String> groups = answered.values("ssrc-group");
      boolean hasMid =
          answered.mid() != null
              && answered.values("extmap").stream().anyMatch(map -> map.contains(MID));
      boolean hasRtx = answered.values("rtpmap").stream().anyMatch(map -> map.contains(" rtx/"));
      if (exchange.kind() == AnswerKind.TO_PUBLISHER || hasMid && !hasRtx) {
        exchange.require(announced.isEmpty(), RULE, answered, "announces no SSRC");
        exchange.require(groups.isEmpty(), RULE, answered, "groups no SSRCs");
        continue;
      }
      if (hasRtx) {
        exchange.require(announced.size() == 2, FID, answered, "announces an SSRC and its repair");
        exchange.require(
            groups.equals(
                List.of(
                    announced.stream()
                        .map(source -> source.split(" ")[0])
                        .collect(Collectors.joining(" ", "FID ", "")))),
            FID,
            answered,
            "says which SSRC repairs which: " + groups);
      } else {
        exchange.require(announced.size() == 1, RULE, answered, "has no MID and announces an SSRC");
        exchange.require(groups.isEmpty(), RULE, answered, "groups no SSRCs");
      }
      for (String source : announced) {
        exchange.require(
            source.matches("[1-9][0-9]{0,9} cname:\\S+"),
            "RFC 5576 section 6.1",
            answered,
            "'" + source + "' is an SSRC and its canonical name");
        exchange.require(
            sources.add(source.split(" ")[0]), RULE, answered, "has an SSRC of its own");
      }
    }
  }
}
