package io.wishbone.webrtc.jsep;

import java.util.List;

/// Names what is wrong with an answer.
public final class AnswerChecker {
  /// The rules of one subject.
  interface Rules {
    void check(Exchange exchange);
  }

  private static final List<Rules> ALL =
      List.of(
          new TextRules(),
          new SectionRules(),
          new BundleRules(),
          new TransportRules(),
          new CandidateRules(),
          new FormatRules(),
          new ParameterRules(),
          new ExtensionRules(),
          new SimulcastRules(),
          new StreamRules(),
          new SourceRules());

  private AnswerChecker() {}

  /// One sentence for each violation, beginning with where the rule is written; empty for a good
  /// answer.
  public static List<String> violations(String offer, String answer, AnswerKind kind) {
    var exchange = new Exchange(SdpText.of(offer), SdpText.of(answer), kind);
    ALL.forEach(rules -> rules.check(exchange));
    return exchange.violations();
  }
}
