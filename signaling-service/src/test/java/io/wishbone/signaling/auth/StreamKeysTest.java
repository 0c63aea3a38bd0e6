package io.wishbone.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeysTest {

  private static final String HASH = "sha256:" + "0".repeat(64);

  private final SecureRandom random = new SecureRandom();
  private final String camera = StreamKey.generate("camera", random);
  private final AtomicLong nanos = new AtomicLong();

  @TempDir Path directory;

  private StreamKeys keys(String... lines) throws IOException {
    return new StreamKeys(file(lines), nanos::get);
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(directory.resolve("keys"), String.join("\n", lines));
  }

  private static String line(String key, String streams) {
    return new KeyFileLine(StreamKey.of(key), true, false, false, List.of(streams)).text();
  }

  @Test
  void knowAKeyAndNothingThatLooksLikeIt() throws IOException {
    StreamKeys keys = keys("# ours", "", line(camera, "live"));
    assertThat(keys.find(camera)).isNotNull();
    assertThat(keys.find(camera + "A")).isNull();
    assertThat(keys.find(camera.substring(0, camera.length() - 1))).isNull();
    assertThat(keys.find(camera.replace("camera.", "wall."))).isNull();
    assertThat(keys.find(StreamKey.generate("camera", random))).isNull();
    assertThat(keys.find("")).isNull();
    assertThat(keys.find("camera.")).isNull();
  }

  @Test
  void keepNoKeyOnlyItsHash() {
    assertThat(line(camera, "live")).doesNotContain(camera.substring("camera.".length()));
    assertThat(line("camera.0123456789abcdefghijkl", "live,studio-*"))
        .isEqualTo(
            "camera publish live,studio-* sha256:"
                + "31c8d12c68ab640dbf7eb6ec6cce80fbeb9d2ac7f2484eb1ed72e517453ad82d");
  }

  @Test
  void areNeverShorterThan128Bits() {
    String thoughtUp = "camera.correct-horse";
    assertThat(StreamKey.isKey(thoughtUp)).isFalse();
    assertThat(StreamKey.isKey(camera)).isTrue();
    assertThat(camera).hasSizeGreaterThan("camera.".length() + 42);
  }

  @Test
  void noticeThatTheFileHasChanged() throws IOException {
    String wall = StreamKey.generate("wall", random);
    StreamKeys keys = keys(line(camera, "live"));
    file(line(camera, "live"), line(wall, "live"));
    assertThat(keys.find(wall)).isNull();

    nanos.addAndGet(StreamKeys.LOOKS_EVERY.toNanos());
    assertThat(keys.find(wall)).isNotNull();
    assertThat(keys.find(camera)).isNotNull();

    file(line(wall, "live"));
    nanos.addAndGet(StreamKeys.LOOKS_EVERY.toNanos());
    assertThat(keys.find(camera)).isNull();
  }

  @Test
  void stayAsTheyWereWhenTheFileIsBroken() throws IOException {
    StreamKeys keys = keys(line(camera, "live"));
    Path file = file("half a li");
    nanos.addAndGet(StreamKeys.LOOKS_EVERY.toNanos());
    assertThat(keys.find(camera)).isNotNull();
    Files.delete(file);
    nanos.addAndGet(StreamKeys.LOOKS_EVERY.toNanos());
    assertThat(keys.find(camera)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a publish live | four words",
        "a publish live HASH more | four words",
        "a:b publish live HASH | an id is",
        "a send live HASH | the actions are",
        "a publish,, live HASH | the actions are",
        "a publish li/ve HASH | streams are",
        "a publish * sha256:12 | a hash is",
        "a publish * md5:0123 | a hash is",
        "a publish * 0000 | a hash is"
      })
  void nameTheLineThatIsWrong(String line, String reason) {
    assertThatThrownBy(() -> keys("# one", line.replace("HASH", HASH)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("line 2 of ", reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a publish * ", "a publish,play live,x-* ", "a admin - "})
  void readWhatTheyWrite(String words) {
    assertThatCode(() -> keys(words + HASH)).doesNotThrowAnyException();
    assertThat(KeyFileLine.parse(words + HASH).text()).isEqualTo(words + HASH);
  }

  @Test
  void areThereOnlyOnceWithOneName() {
    assertThatThrownBy(() -> keys("a play * " + HASH, "a publish * " + HASH))
        .hasMessageContainingAll("line 2", "there already");
  }
}
