package io.wishbone.webrtc.sdp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one sdpfrag. Whatever a whole description has and a fragment has not (`v=`, `c=`,
/// `a=rtpmap`) is passed over: some clients send it.
final class FragmentReader {
  private final Set<String> iceOptions = new LinkedHashSet<>();
  private final Set<IceCandidate> candidates = new LinkedHashSet<>();
  private @Nullable String usernameFragment;
  private @Nullable String password;
  private @Nullable String pacing;
  private @Nullable String kindText;
  private @Nullable String mid;
  private boolean iceLite;
  private boolean endOfCandidates;
  private int sections;

  SdpFragment read(String text) throws SdpParseException {
    List<Line> lines = Line.split(text);
    if (lines.isEmpty()) {
      throw new SdpParseException(1, "the fragment is empty");
    }
    for (Line line : lines) {
      try {
        accept(line);
      } catch (InvalidValueException e) {
        throw new SdpParseException(line.number(), DescriptionReader.reason(e));
      }
    }
    return new SdpFragment(
        usernameFragment,
        password,
        iceLite,
        List.copyOf(iceOptions),
        pacing,
        kindText == null ? null : new MediaTag(kindText, mid),
        List.copyOf(candidates),
        endOfCandidates);
  }

  private void accept(Line line) {
    switch (line.type()) {
      case 'm' -> acceptMedia(line.value());
      case 'a' -> acceptAttribute(line.value());
      case 'v', 'o', 's', 'i', 'u', 'e', 'p', 'c', 'b', 't', 'r', 'z', 'k' -> {}
      default -> throw new InvalidValueException(line.type() + "= is not a line of SDP");
    }
  }

  private void acceptMedia(String value) {
    sections++;
    if (sections > Limits.MEDIA_SECTIONS) {
      throw new InvalidValueException("there are more than " + Limits.MEDIA_SECTIONS + " m= lines");
    }
    List<String> words = Grammar.words(value);
    if (words.isEmpty()) {
      throw new InvalidValueException("m= is empty");
    }
    String kind = Grammar.token("media", words.getFirst(), 32);
    if (kindText == null) {
      kindText = kind;
    }
  }

  private void acceptAttribute(String text) {
    // JavaScript's last candidate is the empty string, and some put `a=` before it all the same.
    if (text.isBlank() || text.equals("candidate:")) {
      endOfCandidates = true;
      return;
    }
    Attribute attribute = Attribute.parse(text);
    String value = attribute.value() == null ? "" : attribute.value();
    switch (attribute.name()) {
      case "ice-ufrag" -> usernameFragment = same("ice-ufrag", usernameFragment, value);
      case "ice-pwd" -> password = same("ice-pwd", password, value);
      case "ice-lite" -> iceLite = true;
      case "ice-options" -> acceptIceOptions(value);
      case "ice-pacing" -> {
        SdpFragment.checkPacing(value);
        pacing = value;
      }
      case "candidate" -> acceptCandidate(IceCandidate.parse(value));
      case "end-of-candidates" -> endOfCandidates = true;
      case "mid" -> mid = mid == null && sections == 1 ? value : mid;
      default -> {}
    }
  }

  private void acceptIceOptions(String value) {
    for (String option : Grammar.words(value.replace(',', ' '))) {
      SdpFragment.checkIceOption(option);
      iceOptions.add(option);
      if (iceOptions.size() > Limits.ICE_OPTIONS) {
        throw new InvalidValueException(
            "there are more than " + Limits.ICE_OPTIONS + " ICE options");
      }
    }
  }

  /// One candidate too many is no fault of the others: it is passed over (RFC 9725 section 4.3.2).
  private void acceptCandidate(IceCandidate candidate) {
    if (candidates.size() < Limits.CANDIDATES) {
      candidates.add(candidate);
    }
  }

  private static String same(String name, @Nullable String before, String value) {
    if (before != null && !before.equals(value)) {
      throw new InvalidValueException("a=" + name + " differs from the one before");
    }
    return value;
  }
}
