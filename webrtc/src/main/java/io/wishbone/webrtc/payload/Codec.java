package io.wishbone.webrtc.payload;

import org.jspecify.annotations.Nullable;

/// The media formats that can be forwarded, by the names they have in `a=rtpmap`.
public enum Codec {
  OPUS("opus", 48_000, Kind.AUDIO),
  PCMU("PCMU", 8_000, Kind.AUDIO),
  PCMA("PCMA", 8_000, Kind.AUDIO),
  /// Samples 16,000 times a second, but its RTP clock runs at 8,000 by an old mistake (RFC 3551
  /// section 4.5.2).
  G722("G722", 8_000, Kind.AUDIO),
  VP8("VP8", 90_000, Kind.VIDEO),
  VP9("VP9", 90_000, Kind.VIDEO),
  H264("H264", 90_000, Kind.VIDEO),
  H265("H265", 90_000, Kind.VIDEO),
  AV1("AV1", 90_000, Kind.VIDEO);

  /// What a codec is for.
  public enum Kind {
    AUDIO,
    VIDEO
  }

  private final String encodingName;
  private final int clockRate;
  private final Kind kind;

  Codec(String encodingName, int clockRate, Kind kind) {
    this.encodingName = encodingName;
    this.clockRate = clockRate;
    this.kind = kind;
  }

  /// The codec of this name in upper or lower case, or null when it is none of ours.
  public static @Nullable Codec named(String encodingName) {
    for (Codec codec : values()) {
      if (codec.encodingName.equalsIgnoreCase(encodingName)) {
        return codec;
      }
    }
    return null;
  }

  public String encodingName() {
    return encodingName;
  }

  /// Ticks of the RTP timestamp a second.
  public int clockRate() {
    return clockRate;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isVideo() {
    return kind == Kind.VIDEO;
  }
}
