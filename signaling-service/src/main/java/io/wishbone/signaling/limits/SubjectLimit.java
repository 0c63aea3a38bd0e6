package io.wishbone.signaling.limits;

import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Counts requests by the token subject, or else the stream key, that they were sent with.
@Singleton
public final class SubjectLimit {

  private final @Nullable RateLimiter limiter;

  SubjectLimit(SignalingConfig config) {
    this.limiter = Rates.limiter(config.limits().perSubject(), new SecureRandom());
  }

  /// Passes if the subject has sent few enough requests.
  ///
  /// @param subject null when nobody said; where there is no key either, nothing is counted
  /// @param key the id of a stream key
  /// @throws ProblemException 429 when there were too many
  public void check(@Nullable String subject, @Nullable String key) {
    if (limiter == null || (subject == null && key == null)) {
      return;
    }
    long counted = hash(subject == null ? "key " + key : "subject " + subject);
    Duration wait = limiter.acquire(counted, System.nanoTime());
    if (!wait.isZero()) {
      throw ProblemException.tooManyRequests("too many requests come with your token or key", wait);
    }
  }

  /// Nobody can choose a subject that shares the cells of somebody else's.
  private static long hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
