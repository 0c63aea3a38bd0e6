package io.wishbone.webrtc.sdp;

import java.util.List;

/// `a=ice-ufrag` and `a=ice-pwd` of one ICE session (RFC 8839 section 5.4).
public record IceCredentials(String usernameFragment, String password) {
  public IceCredentials {
    checkUsernameFragment(usernameFragment);
    checkPassword(password);
  }

  /// The two attributes.
  public List<Attribute> attributes() {
    return List.of(
        new Attribute("ice-ufrag", usernameFragment), new Attribute("ice-pwd", password));
  }

  /// Says who, but not the secret.
  @Override
  public String toString() {
    return "IceCredentials[" + usernameFragment + "]";
  }

  static void checkUsernameFragment(String value) {
    Grammar.iceText("a=ice-ufrag", value, 4, 256);
  }

  static void checkPassword(String value) {
    Grammar.iceText("a=ice-pwd", value, 22, 256);
  }
}
