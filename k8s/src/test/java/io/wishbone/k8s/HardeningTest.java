package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every pod keeps to, ours and those of the services that it stands on.
class HardeningTest {

  @ParameterizedTest
  @EnumSource
  void noContainerIsRootOrWritesToItsImage(Overlay overlay) {
    for (Manifest workload : overlay.workloads()) {
      JsonNode pod = workload.pod();
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
          .as(overlay + " " + workload)
          .isTrue();
      assertThat(pod.at("/securityContext/runAsUser").asInt())
          .as(overlay + " " + workload)
          .isPositive();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.path("hostNetwork").asBoolean()).isFalse();
      for (JsonNode container : workload.allContainers()) {
        JsonNode context = container.path("securityContext");
        String who = overlay + " " + workload + " " + container.path("name").asText();
        assertThat(context.path("readOnlyRootFilesystem").asBoolean()).as(who).isTrue();
        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).as(who).isFalse();
        assertThat(context.path("privileged").asBoolean()).as(who).isFalse();
        assertThat(context.at("/capabilities/drop/0").asText()).as(who).isEqualTo("ALL");
        assertThat(context.at("/capabilities/add").isMissingNode()).as(who).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyContainerHasRequestsAndLimits(Overlay overlay) {
    for (Manifest workload : overlay.workloads()) {
      for (JsonNode container : workload.allContainers()) {
        for (String kind : List.of("requests", "limits")) {
          for (String resource : List.of("cpu", "memory")) {
            assertThat(container.path("resources").path(kind).path(resource).asText())
                .as(workload + " " + kind + " " + resource)
                .isNotEmpty();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readinessIsNotLiveness(Overlay overlay) {
    for (Manifest workload : overlay.workloads()) {
      for (JsonNode container : workload.containers()) {
        JsonNode ready = container.path("readinessProbe");
        JsonNode alive = container.path("livenessProbe");
        assertThat(ready.isObject() && alive.isObject() && container.has("startupProbe"))
            .as(workload.toString())
            .isTrue();
        assertThat(ready).as(workload.toString()).isNotEqualTo(alive);
        assertThat(patience(alive))
            .as(workload + ": what is restarted has had longer than what gets no requests")
            .isGreaterThan(patience(ready));
      }
    }
    for (String name : List.of("wishbone-signaling", "wishbone-media")) {
      Manifest own =
          overlay.workloads().stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
      JsonNode container = own.containers().getFirst();
      assertThat(container.at("/readinessProbe/httpGet/path").asText())
          .isEqualTo("/q/health/ready");
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
    }
  }

  private static int patience(JsonNode probe) {
    return probe.path("periodSeconds").asInt(10) * probe.path("failureThreshold").asInt(3);
  }

  @ParameterizedTest
  @EnumSource
  void everyImageNamesItsVersion(Overlay overlay) {
    for (Manifest workload : overlay.workloads()) {
      for (JsonNode container : workload.allContainers()) {
        assertThat(container.path("image").asText())
            .matches("[a-z0-9./-]+:[0-9]+\\.[0-9]+\\.[0-9]+[A-Za-z0-9.-]*");
      }
    }
  }

  /// Only who has to ask Kubernetes something gets a token for it.
  @ParameterizedTest
  @EnumSource
  void podsHoldNoTokenThatTheyDoNotUse(Overlay overlay) {
    for (Manifest workload : overlay.workloads()) {
      boolean asks = workload.pod().has("initContainers");
      assertThat(workload.pod().path("automountServiceAccountToken").asBoolean(true))
          .as(overlay + " " + workload)
          .isEqualTo(asks);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noSecretIsWrittenDown(Overlay overlay) {
    assertThat(overlay.of("Secret")).isEmpty();
    for (Manifest workload : overlay.workloads()) {
      for (JsonNode container : workload.allContainers()) {
        for (JsonNode variable : container.path("env")) {
          boolean isSecret =
              variable.path("name").asText().matches(".*(SECRET|PASSWORD|CREDENTIAL).*");
          assertThat(isSecret && variable.has("value")).as(variable.toString()).isFalse();
        }
      }
    }
    for (Manifest map : overlay.of("ConfigMap")) {
      assertThat(map.json().path("data").properties())
          .noneMatch(entry -> entry.getKey().matches(".*(SECRET|PASSWORD|CREDENTIAL).*"));
    }
  }

  /// A pod without a policy would be open to everybody.
  @ParameterizedTest
  @EnumSource
  void everyPodIsClosedByDefault(Overlay overlay) {
    JsonNode deny = overlay.one("NetworkPolicy", "wishbone-default-deny").json().path("spec");
    assertThat(deny.has("ingress") || deny.has("egress")).isFalse();
    assertThat(deny.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
    var selected = Manifest.strings(deny.at("/podSelector/matchLabels"));
    assertThat(selected).isNotEmpty();
    for (Manifest workload : overlay.workloads()) {
      assertThat(workload.podLabels()).as(workload.toString()).containsAllEntriesOf(selected);
    }
  }
}
