package io.wishbone.webrtc.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/// RFC 9143 section 7.3: the answer's BUNDLE group.
final class BundleRules implements AnswerChecker.Rules {
  private static final String RULE = "RFC 9143 section 7.3";

  @Override
  public void check(Exchange exchange) {
    List<List<String>> answered = exchange.answer().bundles();
    exchange.require(answered.size() <= 1, RULE, "there is one BUNDLE group at most");
    exchange.require(
        exchange.answer().values("group").size() == answered.size(),
        "RFC 5888 section 9",
        "no other group is answered");
    List<Exchange.Pair> accepted = exchange.acceptedPairs();
    if (answered.isEmpty()) {
      exchange.require(accepted.size() <= 1, "RFC 9725 section 4.4.1", "all sections are bundled");
      exchange.require(
          accepted.stream().noneMatch(pair -> isOffered(exchange, pair.offered())),
          RULE,
          "what was offered in a BUNDLE group is answered in one");
      return;
    }
    checkGroup(exchange, answered.getFirst(), accepted);
  }

  private static boolean isOffered(Exchange exchange, SdpSection section) {
    return exchange.offer().usableBundles().stream()
        .anyMatch(group -> group.contains(section.mid()));
  }

  private static void checkGroup(
      Exchange exchange, List<String> group, List<Exchange.Pair> accepted) {
    exchange.require(
        new HashSet<>(group).size() == group.size(), RULE, "the group names each mid once");
    List<String> offered =
        exchange.offer().usableBundles().stream()
            .filter(candidate -> candidate.containsAll(group))
            .findFirst()
            .orElse(List.of());
    exchange.require(
        offered.containsAll(group), RULE, "the group " + group + " is part of one of the offer's");
    List<String> mids =
        accepted.stream().map(pair -> pair.answered().mid()).filter(Objects::nonNull).toList();
    exchange.require(
        mids.containsAll(group), RULE, "the group " + group + " names accepted sections only");
    for (Exchange.Pair pair : accepted) {
      exchange.require(
          group.contains(pair.answered().mid()),
          "RFC 9725 section 4.4.1",
          pair.answered(),
          "is in the BUNDLE group");
    }
    if (offered.containsAll(group)) {
      List<String> inOrder = offered.stream().distinct().filter(group::contains).toList();
      exchange.require(
          group.equals(inOrder),
          "RFC 9143 section 7.3.1",
          "the tagged section is the offer's first that is taken: " + group + ", not " + inOrder);
    }
  }
}
