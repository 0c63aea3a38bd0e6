package io.wishbone.signaling.session;

import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads from an answer, or from an offer of ours, what later requests need to know.
final class AnsweredSections {

  private AnsweredSections() {}

  /// Which m-line carries the picture, counted from 0; null when none does.
  static @Nullable Integer videoSection(String description) {
    try {
      List<MediaDescription> sections = SessionDescription.parse(description).media();
      for (int i = 0; i < sections.size(); i++) {
        if (sections.get(i).kind() == MediaKind.VIDEO && !sections.get(i).isRejected()) {
          return i;
        }
      }
      return null;
    } catch (SdpParseException e) {
      throw new IllegalStateException("a media node wrote a description that is none", e);
    }
  }
}
