package io.wishbone.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterOptionsTest {

  private static final Path FALLBACK = Path.of("/somewhere");

  private static ClusterOptions read(String... words) {
    return ClusterOptions.read(List.of(words), () -> FALLBACK);
  }

  @Test
  void hasTwoPodsAndThreeNodesUnlessItIsTold() {
    assertThat(read().number("--pods")).isEqualTo(2);
    assertThat(read().number("--nodes")).isEqualTo(3);
    assertThat(read().directory()).isEqualTo(FALLBACK);
    assertThat(read("--pods", "1", "--directory", "/x").number("--pods")).isEqualTo(1);
    assertThat(read().regions()).isEmpty();
    assertThat(read("--regions", "eu,us").regions()).containsExactly("eu", "us");
    assertThat(read().servers()).isNull();
    assertThat(read("--servers", "containers").servers()).isEqualTo("containers");
    assertThat(read("--directory", "/x").directory()).isEqualTo(Path.of("/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "--pods none, --pods has to be a number from 1 to 65535",
    "--pods 0, --pods has to be a number from 1 to 65535",
    "--pods, --pods needs a value; --help explains the options",
    "--pots 2, there is no option '--pots'; --help explains the options",
  })
  void refusesInOneLine(String line, String reason) {
    assertThatThrownBy(() -> read(line.split(" "))).hasMessage(reason);
  }

  @Test
  void explainsEachOption() {
    assertThat(ClusterOptions.HELP)
        .contains("--pods", "--nodes", "--http-port", "--media-port", "--health-port")
        .contains("--directory", "--regions", "--servers");
  }
}
