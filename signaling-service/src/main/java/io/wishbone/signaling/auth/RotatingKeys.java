package io.wishbone.signaling.auth;

import io.wishbone.signaling.http.ProblemException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keys that somebody else changes now and then.
///
/// They are read anew after a while, in the background, and when a token names a key that is not
/// there: then its request waits. Tokens that name keys at random can cause only so many of these:
/// [#BURST] at once and one in every [#REFILL]. When the keys cannot be had, those that were had
/// last go on.
///
/// Threads: any; a read happens on the thread of a request, or on a virtual thread of its own.
final class RotatingKeys implements VerificationKeys {

  /// How long a key that its issuer has withdrawn is still accepted.
  static final Duration MAX_AGE = Duration.ofMinutes(5);

  static final int BURST = 3;
  static final Duration REFILL = Duration.ofSeconds(10);

  private static final Logger LOG = Logger.getLogger(RotatingKeys.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final KeyText text;
  private final TokenAlgorithm algorithm;
  private final LongSupplier nanoClock;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicBoolean isRefreshing = new AtomicBoolean();

  private volatile @Nullable KeySet keys;
  private volatile long staleNanos;

  /// How often they were read, or tried to. Changed under `reading` only.
  private volatile int reads;

  /// Whether those at hand are not all that there may be.
  private volatile boolean hasReadFailed;

  // Guarded by `reading`.
  private int allowance = BURST;
  private long refilledNanos;

  /// @param nanoClock monotonic
  RotatingKeys(KeyText text, TokenAlgorithm algorithm, LongSupplier nanoClock) {
    this.text = text;
    this.algorithm = algorithm;
    this.nanoClock = nanoClock;
    this.refilledNanos = nanoClock.getAsLong();
  }

  @Override
  public void warmUp() {
    refreshInBackground();
  }

  /// Reads the keys now.
  ///
  /// @throws IOException when they cannot be had
  KeySet load() throws IOException, GeneralSecurityException {
    reads++;
    hasReadFailed = true;
    KeySet read = KeySet.read(text.read(), algorithm);
    hasReadFailed = false;
    keys = read;
    staleNanos = nanoClock.getAsLong() + MAX_AGE.toNanos();
    return read;
  }

  @Override
  public List<PublicKey> find(TokenHeader header) {
    int readsBefore = reads;
    KeySet known = keys;
    if (known != null) {
      if (nanoClock.getAsLong() - staleNanos >= 0) {
        refreshInBackground();
      }
      List<PublicKey> found = known.find(header);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return refresh(readsBefore).find(header);
  }

  /// Reads them because those at hand do not do, unless that was done often lately.
  private KeySet refresh(int readsBefore) {
    reading.lock();
    try {
      KeySet current = keys;
      // Somebody else may have been faster.
      if (reads == readsBefore && mayRead()) {
        KeySet next = load();
        LOG.debugf("The keys of %s were read", text.place());
        return next;
      }
      if (current == null || hasReadFailed) {
        throw unavailable();
      }
      return current;
    } catch (IOException | GeneralSecurityException failure) {
      LOG.warnf("The keys of %s cannot be read: %s", text.place(), failure.getMessage());
      throw unavailable();
    } finally {
      reading.unlock();
    }
  }

  private boolean mayRead() {
    long now = nanoClock.getAsLong();
    long refills = (now - refilledNanos) / REFILL.toNanos();
    allowance = (int) Math.min(BURST, allowance + refills);
    refilledNanos += refills * REFILL.toNanos();
    if (allowance == 0) {
      return false;
    }
    allowance--;
    return true;
  }

  private void refreshInBackground() {
    if (isRefreshing.compareAndSet(false, true)) {
      var _ = Thread.ofVirtual().name("token-keys").start(this::refreshQuietly);
    }
  }

  private void refreshQuietly() {
    reading.lock();
    try {
      load();
    } catch (IOException | GeneralSecurityException failure) {
      staleNanos = nanoClock.getAsLong() + REFILL.toNanos();
      LOG.warnf(
          "The keys of %s cannot be read, those that were read before go on: %s",
          text.place(), failure.getMessage());
    } finally {
      reading.unlock();
      isRefreshing.set(false);
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.unavailable(
        "the keys that verify tokens cannot be had now", RETRY_AFTER_SECONDS);
  }
}
