package io.wishbone.it.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages tell people to start FFmpeg as it was tried.
class FfmpegPagesTest {

  private static final Pattern COMMAND = Pattern.compile("ffmpeg -re -i in\\.mp4 (.*?) http://");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md", "docs/ffmpeg.md"})
  void theirCommandIsTheOneThatIsTried(String page) throws IOException {
    String text = Files.readString(ServerProgram.root().resolve(page));
    Matcher command = COMMAND.matcher(text.replaceAll("\\\\\\n *", ""));
    assertThat(command.find()).isTrue();
    assertThat(command.group(1))
        .isEqualTo(FfmpegPublisher.ENCODING.replace("-b:v 800k", "-b:v 2500k"));
  }
}
