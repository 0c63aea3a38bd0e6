package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What programs are told: settings, places, ports.
class SettingsTest {

  private static final Pattern VARIABLE = Pattern.compile("WISHBONE_[A-Z0-9_]+");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

  /// The environment variables of docs/configuration.md.
  static Set<String> known() throws IOException {
    Set<String> known = new TreeSet<>();
    Matcher names =
        VARIABLE.matcher(Files.readString(Tool.room().resolve("../docs/configuration.md")));
    while (names.find()) {
      known.add(names.group());
    }
    return known;
  }

  @ParameterizedTest
  @EnumSource
  void everySettingIsOne(Overlay overlay) throws IOException {
    Set<String> used = new TreeSet<>();
    for (Manifest map : overlay.of("ConfigMap")) {
      map.json().path("data").properties().forEach(entry -> used.add(entry.getKey()));
    }
    for (Manifest workload : overlay.workloads()) {
      for (JsonNode container : workload.allContainers()) {
        container.path("env").forEach(variable -> used.add(variable.path("name").asText()));
      }
    }
    used.removeIf(name -> !name.startsWith("WISHBONE_"));
    assertThat(used).contains("WISHBONE_KAFKA", "WISHBONE_INFINISPAN", "WISHBONE_HEALTH_PORT");
    assertThat(known()).containsAll(used);
  }

  /// Kubernetes puts in only what was defined before.
  @ParameterizedTest
  @EnumSource
  void variablesReferToEarlierOnes(Overlay overlay) {
    for (Manifest workload : overlay.workloads()) {
      for (JsonNode container : workload.allContainers()) {
        Set<String> defined = new HashSet<>();
        for (JsonNode variable : container.path("env")) {
          Matcher references = REFERENCE.matcher(variable.path("value").asText());
          while (references.find()) {
            assertThat(defined).as(workload.toString()).contains(references.group(1));
          }
          assertThat(variable.has("value") && variable.has("valueFrom"))
              .as(variable.toString())
              .isFalse();
          defined.add(variable.path("name").asText());
        }
      }
    }
  }

  /// Placement chooses by region and zone: each node says where it is.
  @ParameterizedTest
  @EnumSource
  void regionAndZoneReachSignallingAndMedia(Overlay overlay) {
    for (Manifest workload : own(overlay)) {
      Map<String, JsonNode> env = environment(workload.containers().getFirst());
      assertThat(env).containsKeys("WISHBONE_REGION", "WISHBONE_ZONE");
      assertThat(env.get("WISHBONE_ZONE").at("/valueFrom/fieldRef/fieldPath").asText())
          .isEqualTo("metadata.labels['topology.kubernetes.io/zone']");
      JsonNode region = env.get("WISHBONE_REGION");
      if (Overlay.regions().contains(overlay)) {
        assertThat(region.path("value").asText()).isEqualTo(overlay.region());
      } else {
        assertThat(region.at("/valueFrom/fieldRef/fieldPath").asText())
            .isEqualTo("metadata.labels['topology.kubernetes.io/region']");
      }
    }
  }

  /// A node must not be called as one that was there before it, and pods of a set keep their names.
  @ParameterizedTest
  @EnumSource
  void nobodyGetsAnIdThatSomebodyHadBefore(Overlay overlay) {
    for (Manifest workload : own(overlay)) {
      assertThat(environment(workload.containers().getFirst()))
          .doesNotContainKeys("WISHBONE_NODE_ID", "WISHBONE_POD_ID");
    }
  }

  /// A port for each worker, and clients are told of the place where they lead.
  @ParameterizedTest
  @EnumSource
  void everyWorkerHasItsPort(Overlay overlay) {
    Manifest settings =
        overlay.of("ConfigMap").stream()
            .filter(map -> map.name().startsWith("wishbone-media-settings"))
            .findFirst()
            .orElseThrow();
    int first = settings.json().at("/data/WISHBONE_MEDIA_PORT").asInt();
    int workers = settings.json().at("/data/WISHBONE_WORKERS").asInt();
    JsonNode container = overlay.one("StatefulSet", "wishbone-media").containers().getFirst();
    List<JsonNode> udp =
        Manifest.elements(container.path("ports"))
            .filter(port -> port.path("protocol").asText().equals("UDP"))
            .toList();
    assertThat(udp).hasSize(workers);
    for (int worker = 0; worker < workers; worker++) {
      JsonNode port = udp.get(worker);
      assertThat(port.path("containerPort").asInt()).isEqualTo(first + worker);
      if (overlay == Overlay.LOAD_BALANCER) {
        assertThat(port.has("hostPort")).isFalse();
      } else {
        assertThat(port.path("hostPort").asInt()).isEqualTo(first + worker);
      }
    }
    JsonNode open =
        overlay.one("NetworkPolicy", "wishbone-media").json().at("/spec/ingress/0/ports/0");
    assertThat(open.path("port").asInt()).isEqualTo(first);
    assertThat(open.path("endPort").asInt()).isEqualTo(first + workers - 1);

    Map<String, JsonNode> env = environment(container);
    boolean byFile = env.containsKey("WISHBONE_CONFIG");
    assertThat(env.containsKey("WISHBONE_ADVERTISE")).isNotEqualTo(byFile);
    assertThat(overlay.one("StatefulSet", "wishbone-media").pod().has("initContainers"))
        .isEqualTo(byFile);
  }

  @Test
  void everyMediaPodHasALoadBalancer() {
    Overlay overlay = Overlay.LOAD_BALANCER;
    int most =
        overlay.one("ScaledObject", "wishbone-media").json().at("/spec/maxReplicaCount").asInt();
    List<Manifest> balancers =
        overlay.of("Service").stream()
            .filter(s -> s.json().at("/spec/type").asText().equals("LoadBalancer"))
            .toList();
    assertThat(balancers).hasSize(most);
    for (Manifest balancer : balancers) {
      assertThat(balancer.json().at("/spec/selector/statefulset.kubernetes.io~1pod-name").asText())
          .isEqualTo(balancer.name());
      assertThat(balancer.json().at("/spec/externalTrafficPolicy").asText()).isEqualTo("Local");
    }
  }

  private static List<Manifest> own(Overlay overlay) {
    return List.of(
        overlay.one("Deployment", "wishbone-signaling"),
        overlay.one("StatefulSet", "wishbone-media"));
  }

  private static Map<String, JsonNode> environment(JsonNode container) {
    return Manifest.elements(container.path("env"))
        .collect(Collectors.toMap(v -> v.path("name").asText(), v -> v));
  }
}
