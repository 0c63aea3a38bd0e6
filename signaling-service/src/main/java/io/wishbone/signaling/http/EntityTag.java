package io.wishbone.signaling.http;

import java.security.SecureRandom;
import java.util.Base64;

/// A strong entity-tag (RFC 9110 section 8.8.3). Names one ICE session, and is never used again
/// (RFC 9725 section 4.3.1).
///
/// @param opaque what stands between the quotation marks
public record EntityTag(String opaque) {

  private static final int RANDOM_BYTES = 9;

  public static EntityTag generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// As it stands in a header field.
  @Override
  public String toString() {
    return '"' + opaque + '"';
  }
}
