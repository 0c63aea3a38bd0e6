package io.wishbone.webrtc.sdp;

/// An attribute that has a type of its own.
public sealed interface AttributeValue
    permits Direction,
        ExtensionMap,
        Fingerprint,
        IceCandidate,
        MediaGroup,
        Msid,
        RidDescription,
        RtcpFeedback,
        RtpMap,
        SetupRole,
        SimulcastDescription,
        SsrcAttribute,
        SsrcGroup {

  /// The `a=` line that says this.
  Attribute attribute();
}
