package io.wishbone.signaling.auth;

import java.io.IOException;

/// Where keys come from: a file, or an issuer's address.
interface KeyText {

  /// The PEM or JWK set as it is now. May wait, for a few seconds at most.
  ///
  /// @throws IOException when it cannot be had
  String read() throws IOException;

  /// Names the place, for messages.
  String place();
}
