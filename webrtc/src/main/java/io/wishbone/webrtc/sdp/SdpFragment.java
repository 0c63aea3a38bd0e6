package io.wishbone.webrtc.sdp;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `application/trickle-ice-sdpfrag`, RFC 8840 section 9, the body of a PATCH: candidates of one
/// transport, or new credentials, which ask for an ICE restart.
///
/// Clients differ in where they put things, so a fragment is flat: credentials, options and
/// candidates of any level are those of the one BUNDLE transport, and a candidate that is repeated
/// for every section is there once.
///
/// @param usernameFragment `null` when not said
/// @param password `null` when not said
/// @param pacing `a=ice-pacing`, milliseconds as text; `null` when not said
/// @param tag the first section named; `null` from clients that name none
public record SdpFragment(
    @Nullable String usernameFragment,
    @Nullable String password,
    boolean iceLite,
    List<String> iceOptions,
    @Nullable String pacing,
    @Nullable MediaTag tag,
    List<IceCandidate> candidates,
    boolean endOfCandidates) {

  /// The media type of a fragment.
  public static final String MEDIA_TYPE = "application/trickle-ice-sdpfrag";

  public SdpFragment {
    if (usernameFragment != null) {
      IceCredentials.checkUsernameFragment(usernameFragment);
    }
    if (password != null) {
      IceCredentials.checkPassword(password);
    }
    iceOptions = List.copyOf(iceOptions);
    iceOptions.forEach(SdpFragment::checkIceOption);
    if (iceOptions.size() > Limits.ICE_OPTIONS) {
      throw new InvalidValueException("there are more than " + Limits.ICE_OPTIONS + " ICE options");
    }
    if (pacing != null) {
      checkPacing(pacing);
    }
    candidates = List.copyOf(new LinkedHashSet<>(candidates));
    if (candidates.size() > Limits.CANDIDATES) {
      throw new InvalidValueException("there are more than " + Limits.CANDIDATES + " candidates");
    }
  }

  /// Candidates of the ICE session of these credentials.
  public static SdpFragment of(
      IceCredentials credentials, @Nullable MediaTag tag, List<IceCandidate> candidates) {
    return new SdpFragment(
        credentials.usernameFragment(),
        credentials.password(),
        false,
        List.of(),
        null,
        tag,
        candidates,
        false);
  }

  /// Reads a fragment; lines may end in CRLF or LF.
  ///
  /// @throws SdpParseException when it is none, or breaks a limit
  public static SdpFragment parse(String text) throws SdpParseException {
    return new FragmentReader().read(text);
  }

  /// `null` unless both halves are there.
  public @Nullable IceCredentials credentials() {
    return usernameFragment == null || password == null
        ? null
        : new IceCredentials(usernameFragment, password);
  }

  /// The same fragment with `a=ice-lite`, as an ICE-lite server answers a restart.
  public SdpFragment withIceLite() {
    return new SdpFragment(
        usernameFragment, password, true, iceOptions, pacing, tag, candidates, endOfCandidates);
  }

  public SdpFragment withIceOptions(List<String> options) {
    return new SdpFragment(
        usernameFragment, password, iceLite, options, pacing, tag, candidates, endOfCandidates);
  }

  /// The same fragment with `a=end-of-candidates`.
  public SdpFragment withEndOfCandidates() {
    return new SdpFragment(
        usernameFragment, password, iceLite, iceOptions, pacing, tag, candidates, true);
  }

  /// The fragment as text, each line ended by CRLF. Credentials and candidates stand in the section
  /// when there is one.
  public String write() {
    StringBuilder text = new StringBuilder(512);
    if (iceLite) {
      text.append("a=ice-lite\r\n");
    }
    if (!iceOptions.isEmpty()) {
      text.append("a=ice-options:").append(String.join(" ", iceOptions)).append("\r\n");
    }
    if (pacing != null) {
      text.append("a=ice-pacing:").append(pacing).append("\r\n");
    }
    if (tag != null) {
      // All but the mid is for show (RFC 8840 section 9).
      text.append("m=").append(tag.kindText()).append(" 9 UDP/TLS/RTP/SAVPF 0\r\n");
      if (tag.mid() != null) {
        text.append("a=mid:").append(tag.mid()).append("\r\n");
      }
    }
    if (usernameFragment != null) {
      text.append("a=ice-ufrag:").append(usernameFragment).append("\r\n");
    }
    if (password != null) {
      text.append("a=ice-pwd:").append(password).append("\r\n");
    }
    candidates.forEach(candidate -> text.append(candidate.attribute()).append("\r\n"));
    if (endOfCandidates) {
      text.append("a=end-of-candidates\r\n");
    }
    return text.toString();
  }

  /// Says what is in it, but not the secret.
  @Override
  public String toString() {
    return "SdpFragment["
        + usernameFragment
        + ", "
        + candidates.size()
        + " candidates"
        + (endOfCandidates ? ", end]" : "]");
  }

  static void checkIceOption(String option) {
    Grammar.token("ICE option", option, 64);
  }

  static void checkPacing(String pacing) {
    Grammar.number("a=ice-pacing", pacing, 0, Integer.MAX_VALUE);
  }
}
