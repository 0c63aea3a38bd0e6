package io.wishbone.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberProgramTest {

  @TempDir Path root;
  private MemberProgram program;
  private Path packaged;

  @BeforeEach
  void build() throws IOException {
    program = new MemberProgram(root, "media");
    packaged = root.resolve("app/media/target/quarkus-app");
    Files.createDirectories(packaged);
    write("quarkus-run.jar", "the program", Duration.ofMinutes(5));
  }

  private Path write(String name, String text, Duration age) throws IOException {
    Path file = Files.writeString(packaged.resolve(name), text);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private static Path written(List<String> command) {
    return command.stream()
        .filter(each -> each.startsWith("-XX:AOTCacheOutput="))
        .map(each -> Path.of(each.substring(each.indexOf('=') + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void hasToBeBuiltFirst() throws IOException {
    Files.delete(packaged.resolve("quarkus-run.jar"));
    assertThatThrownBy(program::command).hasMessageContaining("build the project first");
    assertThatThrownBy(program::lock).hasMessageContaining("build the project first");
  }

  @Test
  void runsWithoutWhatItHasNotLearnt() {
    assertThat(program.hasLearnt()).isFalse();
    assertThat(program.command())
        .noneMatch(each -> each.startsWith("-XX:AOTCache"))
        .contains("-Dends-with-input=true")
        .endsWith("-jar", packaged.resolve("quarkus-run.jar").toString());
  }

  @Test
  void runsWithWhatItHasLearnt() throws IOException {
    Files.writeString(written(program.learning()), "learnt");
    program.keep();
    assertThat(program.hasLearnt()).isTrue();
    assertThat(program.command()).contains("-XX:AOTCache=" + packaged.resolve("start.aot"));
  }

  @Test
  void learnsAnewWhenItWasBuiltAnew() throws IOException {
    write("start.aot", "learnt", Duration.ofMinutes(6));
    assertThat(program.hasLearnt()).isFalse();
  }

  @Test
  void triesOnceWhereNothingCanBeLearnt() throws IOException {
    Path half = Files.writeString(written(program.learning()), "not to its e");
    program.doWithout();
    assertThat(half).doesNotExist();
    assertThat(program.hasLearnt()).isTrue();
    assertThat(program.command()).noneMatch(each -> each.startsWith("-XX:AOTCache"));
  }

  @Test
  void removesWhatWasInterruptedLongAgo() throws IOException {
    Path old = write("start.aot.1", "half", Duration.ofMinutes(11));
    Path other = write("start.aot.2", "of somebody who learns just now", Duration.ofMinutes(1));
    program.learning();
    assertThat(old).doesNotExist();
    assertThat(other).exists();
  }
}
