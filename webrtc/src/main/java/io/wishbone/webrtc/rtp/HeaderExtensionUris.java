package io.wishbone.webrtc.rtp;

/// The names under which header extensions are negotiated (`a=extmap`, RFC 8285 section 5).
public final class HeaderExtensionUris {

  /// Which media section a packet belongs to (RFC 9143 section 15).
  public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

  /// Which simulcast encoding a packet belongs to (RFC 8852).
  public static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

  /// Which simulcast encoding a retransmission repairs (RFC 8852).
  public static final String REPAIRED_RID =
      "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

  /// One counter for all packets of a transport, 16 bits.
  public static final String TRANSPORT_WIDE_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /// When the packet was sent: 24 bits, 6.18 fixed point seconds.
  public static final String ABS_SEND_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

  /// When the frame was captured: a 64-bit NTP timestamp, optionally a clock offset.
  public static final String ABS_CAPTURE_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";

  /// How loud the packet's sound is (RFC 6464).
  public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

  /// How the camera was held (3GPP TS 26.114 section 7.4.5).
  public static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";

  /// Limits for the receiver's jitter buffer.
  public static final String PLAYOUT_DELAY =
      "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

  /// Screen share or camera.
  public static final String VIDEO_CONTENT_TYPE =
      "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type";

  /// Primaries, transfer and range of the picture; without it, canvas and screen sources lose their
  /// blacks.
  public static final String COLOR_SPACE =
      "http://www.webrtc.org/experiments/rtp-hdrext/color-space";

  /// Where a frame spent its time before it was sent.
  public static final String VIDEO_TIMING =
      "http://www.webrtc.org/experiments/rtp-hdrext/video-timing";

  /// Transmission time offset (RFC 5450).
  public static final String TRANSMISSION_OFFSET = "urn:ietf:params:rtp-hdrext:toffset";

  /// Frame dependencies of scalable video (AV1 RTP specification, appendix A).
  public static final String DEPENDENCY_DESCRIPTOR =
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

  private HeaderExtensionUris() {}
}
