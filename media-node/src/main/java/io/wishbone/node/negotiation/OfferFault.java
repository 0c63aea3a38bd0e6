package io.wishbone.node.negotiation;

/// What kind of fault an offer has.
public enum OfferFault {
  /// It lacks what every offer has, such as ICE credentials.
  MALFORMED,
  /// It asks for something that is not done here.
  UNSUPPORTED,
  /// No codec is common to both sides.
  CODEC_MISMATCH
}
