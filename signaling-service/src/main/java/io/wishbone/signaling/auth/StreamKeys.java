package io.wishbone.signaling.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The stream keys of a file. Once a second at most, a request looks whether the file has changed;
/// when it cannot be read any more, the keys that were read before go on.
///
/// Threads: any.
final class StreamKeys {

  static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(StreamKeys.class);
  private static final long MAX_BYTES = 4L * 1024 * 1024;

  private final Path file;
  private final LongSupplier nanoClock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Map<String, KeyFileLine> keys;
  private volatile long lookedNanos;
  private Version version;

  /// What tells one state of the file from another.
  private record Version(FileTime modified, long size) {
    static Version of(Path file) throws IOException {
      return new Version(Files.getLastModifiedTime(file), Files.size(file));
    }
  }

  /// @throws IllegalStateException when the file cannot be read, or a line of it is wrong
  StreamKeys(Path file, LongSupplier nanoClock) {
    this.file = file;
    this.nanoClock = nanoClock;
    try {
      version = Version.of(file);
      keys = read(file);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "the stream keys in " + file + " cannot be read: " + failure.getMessage(), failure);
    }
    lookedNanos = nanoClock.getAsLong();
  }

  /// Whose key this is; null when it is nobody's.
  @Nullable KeyFileLine find(String key) {
    if (!StreamKey.isKey(key)) {
      return null;
    }
    lookForChanges();
    KeyFileLine line = keys.get(key.substring(0, key.indexOf('.')));
    return line != null && line.key().matches(key) ? line : null;
  }

  private void lookForChanges() {
    if (nanoClock.getAsLong() - lookedNanos < LOOKS_EVERY.toNanos() || !looking.tryLock()) {
      return;
    }
    try {
      lookedNanos = nanoClock.getAsLong();
      Version now = Version.of(file);
      if (!now.equals(version)) {
        version = now;
        keys = read(file);
        LOG.infof("The stream keys were read again: there are %d", keys.size());
      }
    } catch (IOException | IllegalStateException failure) {
      LOG.errorf("The stream keys stay as they were: %s", failure.getMessage());
    } finally {
      looking.unlock();
    }
  }

  private static Map<String, KeyFileLine> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalStateException(file + " has more than " + MAX_BYTES + " bytes");
    }
    Map<String, KeyFileLine> keys = new HashMap<>();
    int number = 0;
    for (String text : Files.readAllLines(file)) {
      number++;
      if (!text.isBlank() && !text.strip().startsWith("#")) {
        KeyFileLine line = parse(file, number, text);
        if (keys.put(line.key().id(), line) != null) {
          throw new IllegalStateException(
              "line " + number + " of " + file + ": the id is there already");
        }
      }
    }
    return Map.copyOf(keys);
  }

  private static KeyFileLine parse(Path file, int number, String text) {
    try {
      return KeyFileLine.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalStateException(
          "line " + number + " of " + file + ": " + wrong.getMessage(), wrong);
    }
  }
}
