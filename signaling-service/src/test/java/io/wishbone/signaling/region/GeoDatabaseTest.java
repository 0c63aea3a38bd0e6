package io.wishbone.signaling.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoDatabaseTest {

  private final AtomicLong nanos = new AtomicLong();
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() {
    file =
        new GeoFile()
            .with("192.0.2.0/24", "EU", "DE", "BE")
            .with("198.51.100.0/25", "NA", "US", "CA")
            .with("2001:db8::/32", "AS", "JP", "")
            .with("203.0.113.0/24", Map.of("registered_country", Map.of("iso_code", "FR")))
            .write(directory.resolve("places.mmdb"));
  }

  private GeoDatabase database() {
    return new GeoDatabase(file, nanos::get);
  }

  private @Nullable GeoPlace find(GeoDatabase database, String address) {
    return database.find(InetAddress.ofLiteral(address));
  }

  private void change(Path changed, int second) throws IOException {
    Files.setLastModifiedTime(changed, FileTime.from(Instant.ofEpochSecond(second)));
    nanos.addAndGet(GeoDatabase.LOOKS_EVERY.toNanos());
  }

  @Test
  void findsWhereAddressesAre() {
    GeoDatabase database = database();
    assertThat(find(database, "192.0.2.7")).isEqualTo(new GeoPlace("EU", "DE", "BE"));
    assertThat(find(database, "198.51.100.127")).isEqualTo(new GeoPlace("NA", "US", "CA"));
    assertThat(find(database, "198.51.100.128")).isNull();
    assertThat(find(database, "2001:db8:1::1")).isEqualTo(new GeoPlace("AS", "JP", null));
    assertThat(find(database, "203.0.113.9")).isEqualTo(new GeoPlace(null, "FR", null));
    assertThat(find(database, "127.0.0.1")).isNull();
  }

  @Test
  void readsTheFileAgainWhenItHasChanged() throws IOException {
    GeoDatabase database = database();
    new GeoFile().with("192.0.2.0/24", "NA", "US", "").write(file);
    assertThat(find(database, "192.0.2.7")).isEqualTo(new GeoPlace("EU", "DE", "BE"));
    change(file, 1);
    assertThat(find(database, "192.0.2.7")).isEqualTo(new GeoPlace("NA", "US", null));
  }

  @Test
  void keepsWhatItHasWhenTheNewFileIsNoGood() throws IOException {
    GeoDatabase database = database();
    Files.writeString(file, "no database");
    change(file, 1);
    assertThat(find(database, "192.0.2.7")).isEqualTo(new GeoPlace("EU", "DE", "BE"));
    Files.delete(file);
    nanos.addAndGet(GeoDatabase.LOOKS_EVERY.toNanos());
    assertThat(find(database, "192.0.2.7")).isEqualTo(new GeoPlace("EU", "DE", "BE"));
  }

  @Test
  void doesNotStartWithoutADatabase() throws IOException {
    Files.writeString(file, "no database");
    assertThatThrownBy(this::database).isInstanceOf(IllegalStateException.class);
    Files.delete(file);
    assertThatThrownBy(this::database).isInstanceOf(IllegalStateException.class);
  }
}
