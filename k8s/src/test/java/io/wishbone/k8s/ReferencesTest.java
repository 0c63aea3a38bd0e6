package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Resources refer to others that are there.
class ReferencesTest {

  /// Secrets are made by hand, see README.md.
  private static final Set<String> MADE_BY_HAND =
      Set.of("wishbone-keys", "wishbone-secrets", "wishbone-infinispan-users", "wishbone-backing");

  @ParameterizedTest
  @EnumSource
  void servicesAndBudgetsSelectPods(Overlay overlay) {
    List<Map<String, String>> pods = overlay.workloads().stream().map(Manifest::podLabels).toList();
    for (Manifest service : overlay.of("Service")) {
      Map<String, String> selector = Manifest.strings(service.json().at("/spec/selector"));
      selector.remove("statefulset.kubernetes.io/pod-name");
      assertThat(selector.isEmpty() || isSelected(selector, pods)).as(service.toString()).isTrue();
    }
    List<Manifest> budgets = overlay.of("PodDisruptionBudget");
    for (Manifest budget : budgets) {
      assertThat(isSelected(Manifest.strings(budget.json().at("/spec/selector/matchLabels")), pods))
          .as(budget.toString())
          .isTrue();
    }
    assertThat(budgets).hasSameSizeAs(overlay.workloads());
  }

  private static boolean isSelected(Map<String, String> selector, List<Map<String, String>> pods) {
    return pods.stream().anyMatch(pod -> pod.entrySet().containsAll(selector.entrySet()));
  }

  @ParameterizedTest
  @EnumSource
  void whatPodsMountIsThere(Overlay overlay) {
    Set<String> maps = names(overlay.of("ConfigMap"));
    for (Manifest workload : overlay.workloads()) {
      List<String> wantedMaps = new ArrayList<>();
      List<String> wantedSecrets = new ArrayList<>();
      Set<String> volumes = new HashSet<>();
      for (JsonNode volume : workload.pod().path("volumes")) {
        volumes.add(volume.path("name").asText());
        addIfThere(volume.at("/configMap/name"), wantedMaps);
        addIfThere(volume.at("/secret/secretName"), wantedSecrets);
      }
      workload
          .json()
          .at("/spec/volumeClaimTemplates")
          .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
      for (JsonNode container : workload.allContainers()) {
        for (JsonNode source : container.path("envFrom")) {
          addIfThere(source.at("/configMapRef/name"), wantedMaps);
          addIfThere(source.at("/secretRef/name"), wantedSecrets);
        }
        for (JsonNode mount : container.path("volumeMounts")) {
          assertThat(volumes).as(workload.toString()).contains(mount.path("name").asText());
        }
      }
      assertThat(maps).as(workload.toString()).containsAll(wantedMaps);
      assertThat(MADE_BY_HAND).as(workload.toString()).containsAll(wantedSecrets);
      JsonNode account = workload.pod().path("serviceAccountName");
      if (!account.isMissingNode()) {
        assertThat(names(overlay.of("ServiceAccount"))).contains(account.asText());
      }
    }
  }

  private static void addIfThere(JsonNode name, List<String> names) {
    if (!name.isMissingNode()) {
      names.add(name.asText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsScaledIsThere(Overlay overlay) {
    Set<String> workloads =
        overlay.workloads().stream().map(Manifest::toString).collect(Collectors.toSet());
    List<Manifest> scalers = new ArrayList<>(overlay.of("HorizontalPodAutoscaler"));
    scalers.addAll(overlay.of("ScaledObject"));
    for (Manifest scaler : scalers) {
      JsonNode target = scaler.json().at("/spec/scaleTargetRef");
      assertThat(workloads)
          .contains(target.path("kind").asText() + "/" + target.path("name").asText());
    }
    assertThat(scalers).hasSize(overlay == Overlay.PLAIN ? 0 : 2);
  }

  /// Everything is in one namespace, and namespaced names refer to it.
  @ParameterizedTest
  @EnumSource
  void everythingLivesInOneNamespace(Overlay overlay) {
    for (Manifest manifest : overlay.manifests()) {
      if (!manifest.isA("Namespace") && !manifest.kind().startsWith("ClusterRole")) {
        assertThat(manifest.json().at("/metadata/namespace").asText())
            .as(manifest.toString())
            .isEqualTo("wishbone");
      }
    }
  }

  /// Health and metrics are on the port of WHIP: the way in from outside does not lead there.
  @ParameterizedTest
  @EnumSource
  void theIngressLeadsToNoInsides(Overlay overlay) {
    for (Manifest ingress : overlay.of("Ingress")) {
      for (JsonNode rule : ingress.json().at("/spec/rules")) {
        assertThat(
                Manifest.elements(rule.at("/http/paths")).map(path -> path.path("path").asText()))
            .containsExactlyInAnyOrder("/whip", "/whep");
        String host = rule.path("host").asText();
        assertThat(overlay.one("Certificate", "wishbone").json().at("/spec/dnsNames").toString())
            .contains("\"" + host + "\"");
        assertThat(ingress.json().at("/spec/tls/0/hosts").toString()).contains("\"" + host + "\"");
      }
    }
  }

  private static Set<String> names(List<Manifest> manifests) {
    return manifests.stream().map(Manifest::name).collect(Collectors.toSet());
  }
}
