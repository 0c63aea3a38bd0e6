package io.wishbone.signaling.auth;

import io.wishbone.signaling.files.WatchedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The stream keys of a file. Once a second at most, a request looks whether the file has changed;
/// when it cannot be read any more, the keys that were read before go on.
///
/// Threads: any.
final class StreamKeys {

  static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private static final long MAX_BYTES = 4L * 1024 * 1024;

  private final WatchedFile<Map<String, KeyFileLine>> keys;

  /// @throws IllegalStateException when the file cannot be read, or a line of it is wrong
  StreamKeys(Path file, LongSupplier nanoClock) {
    keys =
        new WatchedFile<>("stream keys", file, MAX_BYTES, LOOKS_EVERY, nanoClock, StreamKeys::read);
  }

  /// Whose key this is; null when it is nobody's.
  @Nullable KeyFileLine find(String key) {
    if (!StreamKey.isKey(key)) {
      return null;
    }
    KeyFileLine line = keys.get().get(key.substring(0, key.indexOf('.')));
    return line != null && line.key().matches(key) ? line : null;
  }

  private static Map<String, KeyFileLine> read(Path file) throws IOException {
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
