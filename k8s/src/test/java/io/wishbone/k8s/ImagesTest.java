package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images run as they do in Kubernetes: as nobody special, from pinned versions.
class ImagesTest {

  private static final String PINNED = "[a-z0-9./-]+:[0-9][A-Za-z0-9._-]*";

  @ParameterizedTest
  @ValueSource(strings = {"signaling", "media", "standalone"})
  void runAsNobodySpecial(String program) throws IOException {
    List<String> lines =
        Files.readAllLines(Tool.room().resolve("images/" + program + ".Dockerfile"));
    assertThat(argument(lines, "FROM")).matches(PINNED);
    assertThat(argument(lines, "USER")).isEqualTo("10001:10001");
    // As a list, or a shell would be in between, which keeps SIGTERM to itself.
    assertThat(argument(lines, "ENTRYPOINT")).startsWith("[\"java\"");
    assertThat(lines).anyMatch(line -> line.contains("app/" + program + "/target/quarkus-app/"));
  }

  /// What Jib makes is what the Dockerfiles make.
  @ParameterizedTest
  @ValueSource(strings = {"signaling", "media", "standalone"})
  void areTheSameByJib(String program) throws IOException {
    List<String> lines =
        Files.readAllLines(Tool.room().resolve("images/" + program + ".Dockerfile"));
    String all = Files.readString(Tool.room().resolve("../app/pom.xml"));
    String own = Files.readString(Tool.room().resolve("../app/" + program + "/pom.xml"));

    assertThat(property(all, "quarkus.jib.base-jvm-image")).isEqualTo(argument(lines, "FROM"));
    assertThat(property(all, "quarkus.jib.user")).isEqualTo(argument(lines, "USER"));
    assertThat(property(all, "quarkus.jib.working-directory"))
        .isEqualTo(argument(lines, "WORKDIR"));
    assertThat(property(own, "quarkus.container-image.name")).isEqualTo(program);
    assertThat(argument(lines, "EXPOSE").replaceAll(" ?[0-9-]+/udp", "").replace("/tcp", ""))
        .isEqualTo(property(own, "quarkus.jib.ports").replace(',', ' '));
    List<String> options =
        Files.readAllLines(Tool.room().resolve("../app/standalone/jvm.options")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(property(all, "quarkus.jib.jvm-entrypoint"))
        .isEqualTo("java," + String.join(",", options) + ",-jar,/opt/wishbone/quarkus-run.jar");
  }

  private static String property(String pom, String name) {
    String open = "<" + name + ">";
    assertThat(pom).contains(open);
    return pom.substring(pom.indexOf(open) + open.length(), pom.indexOf("</" + name + ">"));
  }

  private static String argument(List<String> lines, String instruction) {
    return lines.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .reduce((_, _) -> {
          throw new AssertionError(instruction + " twice");
        })
        .orElseThrow(() -> new AssertionError("no " + instruction))
        .substring(instruction.length() + 1);
  }

  @Test
  void theCompositionIsAsHardened() throws IOException {
    JsonNode compose =
        new YAMLMapper().readTree(Files.readString(Tool.room().resolve("compose.yaml")));
    JsonNode program = compose.path("x-program");
    assertThat(program.path("user").asText()).isEqualTo("10001:10001");
    assertThat(program.path("read_only").asBoolean()).isTrue();
    assertThat(program.at("/cap_drop/0").asText()).isEqualTo("ALL");
    for (JsonNode service : compose.path("services")) {
      assertThat(service.path("image").asText()).matches(PINNED);
      if (service.has("build")) {
        Path file = Tool.room().resolve("..").resolve(service.at("/build/dockerfile").asText());
        assertThat(file).exists();
      }
    }
    // Nobody is asked for a token there.
    for (JsonNode port : compose.at("/services/signaling/ports")) {
      assertThat(port.asText()).startsWith("127.0.0.1:");
    }
  }

  @Test
  void theCompositionHasSettingsThatThereAre() throws IOException {
    JsonNode services =
        new YAMLMapper()
            .readTree(Files.readString(Tool.room().resolve("compose.yaml")))
            .path("services");
    for (String program : List.of("signaling", "media")) {
      List<String> names =
          services.path(program).path("environment").properties().stream()
              .map(java.util.Map.Entry::getKey)
              .toList();
      assertThat(SettingsTest.known()).containsAll(names);
    }
  }
}
