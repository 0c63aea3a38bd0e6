package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an API server would refuse, or silently leave out, is found here.
class SchemaTest {

  /// Kinds of operators for which there are no classes to judge them by.
  private static final List<String> UNJUDGED =
      List.of(
          "kafka.strimzi.io/v1 Kafka",
          "kafka.strimzi.io/v1 KafkaNodePool",
          "kafka.strimzi.io/v1 KafkaTopic",
          "infinispan.org/v1 Infinispan",
          "keda.sh/v1alpha1 ScaledObject");

  @ParameterizedTest
  @EnumSource
  void renderedResourcesAreValid(Overlay overlay) {
    assertThat(overlay.manifests()).hasSizeGreaterThan(15);
    for (Manifest manifest : overlay.manifests()) {
      assertThat(Schema.faults(manifest)).isEmpty();
      assertThat(Schema.isKnown(manifest))
          .as(manifest.toString())
          .isNotEqualTo(UNJUDGED.contains(manifest.apiVersion() + " " + manifest.kind()));
    }
  }

  /// Needs no kubectl: patches are left to the test above.
  @Test
  void sourcesAreValid() throws IOException {
    List<Manifest> sources = sources();
    assertThat(sources).hasSizeGreaterThan(30);
    for (Manifest manifest : sources) {
      assertThat(Schema.faults(manifest)).isEmpty();
    }
  }

  @Test
  void aFieldThatThereIsNotIsFound() {
    Manifest wrong =
        Manifest.read(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: x}
                spec:
                  selektor: {a: b}
                """)
            .getFirst();
    assertThat(Schema.faults(wrong)).isNotEmpty();
  }

  @Test
  void aValueOfAWrongTypeIsFound() {
    Manifest wrong =
        Manifest.read(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: x}
                spec:
                  replicas: many
                  selector: {}
                  template: {spec: {containers: []}}
                """)
            .getFirst();
    assertThat(Schema.faults(wrong)).isNotEmpty();
  }

  private static List<Manifest> sources() throws IOException {
    try (Stream<Path> files =
        Stream.of("base", "components")
            .flatMap(folder -> {
              try {
                return Files.walk(Tool.room().resolve(folder));
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            })) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.getFileName().toString().equals("kustomization.yaml"))
          .flatMap(SchemaTest::manifests)
          .filter(manifest -> !isPatch(manifest))
          .toList();
    }
  }

  private static Stream<Manifest> manifests(Path file) {
    try {
      return Manifest.read(Files.readString(file)).stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isPatch(Manifest manifest) {
    return manifest.hasPods() && !manifest.json().at("/spec").has("selector");
  }
}
