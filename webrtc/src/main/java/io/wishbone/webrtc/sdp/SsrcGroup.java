package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/// `a=ssrc-group:<semantics> <ssrc> <ssrc> …`, RFC 5576 section 4.2. `FID` joins a source and its
/// retransmissions, `SIM` the encodings of one source in the way of old browsers.
public record SsrcGroup(String semantics, List<Long> ssrcs) implements AttributeValue {
  public static final String RETRANSMISSION = "FID";
  public static final String SIMULCAST = "SIM";

  public SsrcGroup {
    Grammar.token("SSRC group semantics", semantics, 32);
    ssrcs = List.copyOf(ssrcs);
    for (long ssrc : ssrcs) {
      Grammar.inRange("SSRC", ssrc, 0, 0xffff_ffffL);
    }
  }

  static SsrcGroup parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.isEmpty()) {
      throw new InvalidValueException("a=ssrc-group has no semantics");
    }
    List<Long> ssrcs = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      ssrcs.add(Grammar.ssrc(word));
    }
    return new SsrcGroup(words.getFirst(), ssrcs);
  }

  public boolean isRetransmission() {
    return semantics.equals(RETRANSMISSION);
  }

  @Override
  public Attribute attribute() {
    StringBuilder value = new StringBuilder(semantics);
    ssrcs.forEach(ssrc -> value.append(' ').append(ssrc));
    return new Attribute("ssrc-group", value.toString());
  }
}
