package io.wishbone.signaling.region;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import io.wishbone.signaling.files.WatchedFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

  // Lookups that are under way end with the old reader, which needs no end of its own.
  private final WatchedFile<Reader> reader;

  /// @throws IllegalStateException when the file cannot be read
  GeoDatabase(Path file, LongSupplier nanoClock) {
    reader =
        new WatchedFile<>(
            "places of addresses", file, MAX_BYTES, LOOKS_EVERY, nanoClock, GeoDatabase::read);
  }

  /// Where an address is; null when the database does not say.
  @Nullable GeoPlace find(InetAddress address) {
    try {
      Map<?, ?> entry = reader.get().get(address, Map.class);
      return entry == null ? null : GeoPlace.of(entry);
    } catch (IOException | RuntimeException failure) {
      LOG.debugf("An address was not found out: %s", failure.getMessage());
      return null;
    }
  }

  private static Reader read(Path file) throws IOException {
    try {
      return new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache());
    } catch (RuntimeException failure) {
      throw new IOException(file + " is no MaxMind database", failure);
    }
  }
}
