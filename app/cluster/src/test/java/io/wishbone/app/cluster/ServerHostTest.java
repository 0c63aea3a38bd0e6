package io.wishbone.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whether brokers and stores run as processes or in containers.
class ServerHostTest {

  private static final ServerHost PROCESSES = new LocalHost(Path.of("/somewhere"));
  private static final ServerHost CONTAINERS = new ContainerHost("28.0");

  private static ServerHost choose(
      @Nullable String wanted, Supplier<@Nullable ServerHost> containers) {
    return ServerHost.choose(wanted, () -> PROCESSES, containers);
  }

  private static ServerHost fail() {
    throw new AssertionError("nobody has to look for Docker");
  }

  @Test
  void isContainersWhereTheyCanBeHad() {
    assertThat(choose(null, () -> CONTAINERS)).isEqualTo(CONTAINERS);
    assertThat(choose("", () -> CONTAINERS)).isEqualTo(CONTAINERS);
    assertThat(choose(null, () -> null)).isEqualTo(PROCESSES);
  }

  @Test
  void isWhatItIsToldToBe() {
    assertThat(choose("processes", ServerHostTest::fail)).isEqualTo(PROCESSES);
    assertThat(choose("containers", () -> CONTAINERS)).isEqualTo(CONTAINERS);
    assertThatThrownBy(() -> choose("containers", () -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("servers cannot run in containers: there is no Docker, or not their images");
    assertThatThrownBy(() -> choose("pods", ServerHostTest::fail))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("servers run as processes or containers, not as 'pods'");
  }

  @Test
  void saysWhatItIs() {
    assertThat(PROCESSES.description()).isEqualTo("processes of this machine");
    assertThat(CONTAINERS.description()).isEqualTo("containers (Docker 28.0)");
  }
}
