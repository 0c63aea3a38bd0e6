package io.wishbone.signaling.region;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The operator's database of addresses, in the MaxMind format. It is read again when its file has
/// changed; what cannot be read changes nothing. All of it is kept in memory: a mapped file that
/// somebody writes to ends the process.
///
/// Safe for use by many threads.
final class GeoDatabase {

  static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = Logger.getLogger(GeoDatabase.class);
  private static final long MAX_BYTES = 512L * 1024 * 1024;

  private final Path file;
  private final LongSupplier nanoClock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Reader reader;
  private volatile long lookedNanos;
  private Version version;

  /// What tells one state of the file from another.
  private record Version(FileTime modified, long size) {
    static Version of(Path file) throws IOException {
      return new Version(Files.getLastModifiedTime(file), Files.size(file));
    }
  }

  /// @throws IllegalStateException when the file cannot be read
  GeoDatabase(Path file, LongSupplier nanoClock) {
    this.file = file;
    this.nanoClock = nanoClock;
    try {
      version = Version.of(file);
      reader = read(file);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "the addresses in " + file + " cannot be read: " + failure.getMessage(), failure);
    }
    lookedNanos = nanoClock.getAsLong();
  }

  /// Where an address is; null when the database does not say.
  @Nullable GeoPlace find(InetAddress address) {
    lookForChanges();
    try {
      Map<?, ?> entry = reader.get(address, Map.class);
      return entry == null ? null : GeoPlace.of(entry);
    } catch (IOException | RuntimeException failure) {
      LOG.debugf("An address was not found out: %s", failure.getMessage());
      return null;
    }
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
        // Lookups that are under way end with the old one, which needs no end of its own.
        reader = read(file);
        LOG.infof("The addresses of %s were read again", file.getFileName());
      }
    } catch (IOException failure) {
      LOG.errorf("The addresses stay as they were: %s", failure.getMessage());
    } finally {
      looking.unlock();
    }
  }

  private static Reader read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
    }
    try {
      return new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache());
    } catch (RuntimeException failure) {
      throw new IOException(file + " is no MaxMind database", failure);
    }
  }
}
