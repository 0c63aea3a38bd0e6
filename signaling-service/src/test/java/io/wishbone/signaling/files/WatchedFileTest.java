package io.wishbone.signaling.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  @TempDir Path directory;

  private WatchedFile<String> watched(String text) throws IOException {
    Path file = write(text);
    return new WatchedFile<>("words", file, 10, SECOND, nanos::get, this::read);
  }

  private String read(Path file) throws IOException {
    reads.incrementAndGet();
    return Files.readString(file);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("words"), text);
  }

  @Test
  void isLookedAtOnceASecondAndReadWhenItHasChanged() throws IOException {
    WatchedFile<String> file = watched("one");
    write("longer");
    assertThat(file.get()).isEqualTo("one");
    nanos.addAndGet(SECOND.toNanos());
    assertThat(file.get()).isEqualTo("longer");
    nanos.addAndGet(SECOND.toNanos());
    assertThat(file.get()).isEqualTo("longer");
    assertThat(reads).hasValue(2);
  }

  @Test
  void isNotReadWhenItIsTooLarge() throws IOException {
    WatchedFile<String> file = watched("one");
    write("eleven char");
    nanos.addAndGet(SECOND.toNanos());
    assertThat(file.get()).isEqualTo("one");
    assertThatThrownBy(() -> watched("eleven char"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than 10 bytes");
    assertThat(reads).hasValue(1);
  }

  @Test
  void saysWhatIsMissing() {
    Path missing = directory.resolve("none");
    assertThatThrownBy(
            () -> new WatchedFile<>("words", missing, 10, SECOND, nanos::get, this::read))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("the words in ", "none");
  }
}
