package io.wishbone.node.negotiation;

import java.io.Serial;

/// The offer cannot be answered. The message is a sentence for the person who runs the client; what
/// it quotes of the offer was checked to be printable.
public final class OfferRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final OfferFault fault;

  OfferRefusedException(OfferFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public OfferFault fault() {
    return fault;
  }
}
