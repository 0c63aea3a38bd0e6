package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.sdp.IceCredentials;
import java.util.random.RandomGenerator;

/// Draws ICE credentials (RFC 8445 section 5.3).
public final class IceCredentialsGenerator {

  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /// 48 bits: two sessions of one worker hardly ever draw the same. The RFC asks for 24.
  private static final int USERNAME_FRAGMENT_LENGTH = 8;

  /// 144 bits. The RFC asks for 128.
  private static final int PASSWORD_LENGTH = 24;

  private IceCredentialsGenerator() {}

  /// The password is a secret: outside of simulations, `random` is cryptographically strong.
  public static IceCredentials generate(RandomGenerator random) {
    return new IceCredentials(
        text(random, USERNAME_FRAGMENT_LENGTH), text(random, PASSWORD_LENGTH));
  }

  private static String text(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }
}
