package io.wishbone.signaling.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/// What stands in a file, which is read again when the file has changed. Who asks for it looks, now
/// and then; what cannot be read changes nothing.
///
/// Threads: any. One of those who ask reads the file, the others get what was read before.
public final class WatchedFile<T> {

  /// Reads the file.
  @FunctionalInterface
  public interface Content<T> {
    /// @throws IOException when the file cannot be read
    /// @throws IllegalStateException when what it says is wrong; the message names the place
    T read(Path file) throws IOException;
  }

  private static final Logger LOG = Logger.getLogger(WatchedFile.class);

  private final String name;
  private final Path file;
  private final long maxBytes;
  private final Duration looksEvery;
  private final LongSupplier nanoClock;
  private final Content<T> content;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile T current;
  private volatile long lookedNanos;
  private Version version;

  /// What tells one state of the file from another.
  private record Version(FileTime modified, long size) {
    static Version of(Path file) throws IOException {
      return new Version(Files.getLastModifiedTime(file), Files.size(file));
    }
  }

  /// @param name of what stands in it, in the plural, for the log and for errors
  /// @param maxBytes a larger file is not read
  /// @param looksEvery how often the file is looked at, at most
  /// @throws IllegalStateException when the file cannot be read, or is wrong
  public WatchedFile(
      String name,
      Path file,
      long maxBytes,
      Duration looksEvery,
      LongSupplier nanoClock,
      Content<T> content) {
    this.name = name;
    this.file = file;
    this.maxBytes = maxBytes;
    this.looksEvery = looksEvery;
    this.nanoClock = nanoClock;
    this.content = content;
    try {
      version = Version.of(file);
      current = read();
    } catch (IOException failure) {
      throw new IllegalStateException(
          "the " + name + " in " + file + " cannot be read: " + failure.getMessage(), failure);
    }
    lookedNanos = nanoClock.getAsLong();
  }

  /// What stood in the file when somebody looked last.
  public T get() {
    if (nanoClock.getAsLong() - lookedNanos >= looksEvery.toNanos() && looking.tryLock()) {
      try {
        lookedNanos = nanoClock.getAsLong();
        look();
      } finally {
        looking.unlock();
      }
    }
    return current;
  }

  private void look() {
    try {
      Version now = Version.of(file);
      if (!now.equals(version)) {
        // What cannot be read is not tried again until it has changed once more.
        version = now;
        current = read();
        LOG.infof("The %s of %s were read again", name, file.getFileName());
      }
    } catch (IOException | IllegalStateException failure) {
      LOG.errorf("The %s stay as they were: %s", name, failure.getMessage());
    }
  }

  private T read() throws IOException {
    if (Files.size(file) > maxBytes) {
      throw new IllegalStateException(file + " has more than " + maxBytes + " bytes");
    }
    return content.read(file);
  }
}
