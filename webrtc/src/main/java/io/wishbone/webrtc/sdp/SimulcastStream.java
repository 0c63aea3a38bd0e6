package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/// One of the streams of a simulcast: alternative encodings of which one is in use at a time, the
/// preferred first (RFC 8853 section 5.1).
public record SimulcastStream(List<Alternative> alternatives) {

  /// An encoding, by its rid.
  ///
  /// @param paused written `~rid`: agreed on, but not sent to begin with
  public record Alternative(String rid, boolean paused) {
    public Alternative {
      RidDescription.checkId(rid);
    }
  }

  public SimulcastStream {
    alternatives = List.copyOf(alternatives);
    if (alternatives.isEmpty()) {
      throw new InvalidValueException("a=simulcast has a stream without a rid");
    }
  }

  /// A stream of one encoding.
  public static SimulcastStream of(String rid) {
    return new SimulcastStream(List.of(new Alternative(rid, false)));
  }

  /// The rid of the preferred encoding.
  public String rid() {
    return alternatives.getFirst().rid();
  }

  static SimulcastStream parse(String text) {
    List<Alternative> alternatives = new ArrayList<>();
    for (String part : Grammar.parts(text, ',')) {
      boolean paused = part.startsWith("~");
      alternatives.add(new Alternative(paused ? part.substring(1) : part, paused));
    }
    return new SimulcastStream(alternatives);
  }

  String write() {
    return String.join(
        ",", alternatives.stream().map(a -> a.paused() ? "~" + a.rid() : a.rid()).toList());
  }
}
