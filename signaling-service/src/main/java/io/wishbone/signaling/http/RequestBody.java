package io.wishbone.signaling.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The text of a request, within limits.
public final class RequestBody {

  /// Ten times the largest offer that browsers make.
  public static final int MAX_BYTES = 64 * 1024;

  private RequestBody() {}

  /// The body as text.
  ///
  /// @throws ProblemException when it is too large, empty, or no UTF-8
  public static String text(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      throw ProblemException.malformed("the body is empty");
    }
    if (body.length > MAX_BYTES) {
      throw tooLarge();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException _) {
      throw ProblemException.malformed("the body is not UTF-8 text");
    }
  }

  static ProblemException tooLarge() {
    return ProblemException.tooLarge("the body is larger than " + MAX_BYTES + " bytes");
  }
}
