package io.wishbone.webrtc.srtp;

/// RTP and RTCP have keys of their own; the labels are those of RFC 3711 section 4.3.1 and 4.3.2.
public enum SrtpChannel {
  RTP(0x00, 0x01, 0x02),
  RTCP(0x03, 0x04, 0x05);

  private final int encryptionLabel;
  private final int authenticationLabel;
  private final int saltLabel;

  SrtpChannel(int encryptionLabel, int authenticationLabel, int saltLabel) {
    this.encryptionLabel = encryptionLabel;
    this.authenticationLabel = authenticationLabel;
    this.saltLabel = saltLabel;
  }

  int encryptionLabel() {
    return encryptionLabel;
  }

  int authenticationLabel() {
    return authenticationLabel;
  }

  int saltLabel() {
    return saltLabel;
  }
}
