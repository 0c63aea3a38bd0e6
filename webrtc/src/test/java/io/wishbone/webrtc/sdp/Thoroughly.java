package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

/// What must hold for any text at all: it is refused with a message that can be shown, or it can be
/// read in full, and reads the same when it is written and read again.
final class Thoroughly {
  private Thoroughly() {}

  /// Whether the text is a description.
  static boolean readDescription(String text) {
    try {
      SessionDescription description = SessionDescription.parse(text);
      description.bundle();
      description.media().forEach(Thoroughly::readSection);
      String written = description.write();
      if (isShort(written)) {
        assertThat(SessionDescription.parse(written)).isEqualTo(description);
      }
      return true;
    } catch (SdpParseException e) {
      assertFitToBeShown(e);
      return false;
    }
  }

  /// Whether the text is a fragment.
  static boolean readFragment(String text) {
    try {
      SdpFragment fragment = SdpFragment.parse(text);
      fragment.candidates().forEach(IceCandidate::socketAddress);
      String written = fragment.write();
      if (isShort(written)) {
        assertThat(SdpFragment.parse(written)).isEqualTo(fragment);
      }
      return true;
    } catch (SdpParseException e) {
      assertFitToBeShown(e);
      return false;
    }
  }

  /// CRLF in place of LF may make a text too long that was not.
  private static boolean isShort(String written) {
    return written.length() <= Limits.TEXT_LENGTH;
  }

  private static void readSection(MediaDescription section) {
    section.kind();
    section.direction();
    section.msid();
    section.ssrcs();
    section.ssrcGroups();
    section.simulcast();
    section.setup();
    section.fingerprints().forEach(Fingerprint::hash);
    section.iceCredentials();
    section.iceOptions();
    section.extensionMaps();
    section.extmapAllowMixed();
    section.endOfCandidates();
    section.candidates().forEach(IceCandidate::socketAddress);
    section.rtpMaps();
    for (int payloadType : section.payloadTypes()) {
      section.rtcpFeedback(payloadType);
      section.fmtp(payloadType).number("apt", -1);
    }
    assertThat(section.rejection().isRejected()).isTrue();
  }

  private static void assertFitToBeShown(SdpParseException e) {
    assertThat(e.line()).isPositive();
    assertThat(e.getMessage()).startsWith("line ").hasSizeLessThan(200).matches("\\P{Cntrl}+");
  }
}
