package io.wishbone.webrtc.jsep;

import java.util.ArrayList;
import java.util.List;

/// An offer, its answer, and what is found wrong with it.
final class Exchange {
  /// Two sections that belong together by their place.
  record Pair(SdpSection offered, SdpSection answered) {}

  private final SdpText offer;
  private final SdpText answer;
  private final AnswerKind kind;
  private final List<String> violations = new ArrayList<>();

  Exchange(SdpText offer, SdpText answer, AnswerKind kind) {
    this.offer = offer;
    this.answer = answer;
    this.kind = kind;
  }

  SdpText offer() {
    return offer;
  }

  SdpText answer() {
    return answer;
  }

  AnswerKind kind() {
    return kind;
  }

  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    int count = Math.min(offer.sections().size(), answer.sections().size());
    for (int i = 0; i < count; i++) {
      pairs.add(new Pair(offer.sections().get(i), answer.sections().get(i)));
    }
    return pairs;
  }

  List<Pair> acceptedPairs() {
    return pairs().stream().filter(pair -> !pair.answered().isRejected()).toList();
  }

  /// The first pair of the answer's BUNDLE group, whose transport serves all; the first one
  /// without.
  Pair taggedPair() {
    List<List<String>> groups = answer.bundles();
    return acceptedPairs().stream()
        .filter(pair -> !groups.isEmpty() && groups.getFirst().indexOf(pair.answered().mid()) == 0)
        .findFirst()
        .orElse(acceptedPairs().getFirst());
  }

  List<Pair> rejectedPairs() {
    return pairs().stream().filter(pair -> pair.answered().isRejected()).toList();
  }

  /// Notes a violation unless it holds.
  ///
  /// @param rule where it is written: `RFC 9143 section 7.3`
  void require(boolean holds, String rule, String sentence) {
    if (!holds) {
      violations.add(rule + ": " + sentence);
    }
  }

  void require(boolean holds, String rule, SdpSection section, String sentence) {
    require(holds, rule, section + " " + sentence);
  }

  List<String> violations() {
    return violations.stream().distinct().toList();
  }
}
