package io.wishbone.webrtc.jsep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// An offer with a good answer, written by hand.
record JsepExample(String offer, String answer, AnswerKind kind) {
  static JsepExample publisher() {
    return read("publisher", AnswerKind.TO_PUBLISHER);
  }

  static JsepExample viewer() {
    return read("viewer", AnswerKind.TO_VIEWER);
  }

  private static JsepExample read(String name, AnswerKind kind) {
    return new JsepExample(text(name + ".offer.sdp"), text(name + ".answer.sdp"), kind);
  }

  List<String> violations() {
    return AnswerChecker.violations(offer, answer, kind);
  }

  /// With the first occurrence in the answer replaced.
  JsepExample answering(String part, String replacement) {
    return new JsepExample(offer, replaced(answer, part, replacement), kind);
  }

  /// With the first occurrence in the offer replaced.
  JsepExample offering(String part, String replacement) {
    return new JsepExample(replaced(offer, part, replacement), answer, kind);
  }

  private static String replaced(String text, String part, String replacement) {
    int at = text.indexOf(part);
    if (at < 0) {
      throw new IllegalArgumentException("'" + part + "' is not there");
    }
    return text.substring(0, at) + replacement + text.substring(at + part.length());
  }

  private static String text(String name) {
    try (InputStream in = JsepExample.class.getResourceAsStream("/jsep/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
