package io.wishbone.signaling.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The text of a request, within limits of size and time.
public final class RequestBody {

  /// Ten times the largest offer that browsers make.
  public static final int MAX_BYTES = 64 * 1024;

  /// For the whole body, counted from the moment that the server asks for it; a single wait is
  /// limited by `quarkus.http.read-timeout`.
  private static final Duration MAX_TIME = Duration.ofSeconds(5);

  private static final int CHUNK_BYTES = 8 * 1024;

  private RequestBody() {}

  /// Reads the body as text, on the thread of the request.
  ///
  /// @throws ProblemException when it is too large, too slow, empty, or no UTF-8
  public static String text(InputStream in) {
    byte[] body = bytes(in);
    if (body.length == 0) {
      throw ProblemException.malformed("the body is empty");
    }
    return decode(body);
  }

  private static String decode(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException _) {
      throw ProblemException.malformed("the body is not UTF-8 text");
    }
  }

  /// The same; a body that is empty is an empty text.
  public static String textOrEmpty(InputStream in) {
    return decode(bytes(in));
  }

  private static byte[] bytes(InputStream in) {
    long start = System.nanoTime();
    var body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        body.write(chunk, 0, length);
        if (body.size() > MAX_BYTES) {
          throw tooLarge();
        }
        if (System.nanoTime() - start > MAX_TIME.toNanos()) {
          throw ProblemException.timeout("the body did not arrive in time");
        }
      }
    } catch (IOException _) {
      throw ProblemException.timeout("the body did not arrive");
    }
    return body.toByteArray();
  }

  static ProblemException tooLarge() {
    return ProblemException.tooLarge("the body is larger than " + MAX_BYTES + " bytes");
  }
}
