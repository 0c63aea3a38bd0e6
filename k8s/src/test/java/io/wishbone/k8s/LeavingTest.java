package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How programs end: by themselves, before Kubernetes ends them.
class LeavingTest {

  private static final Pattern SECONDS = Pattern.compile("([0-9]+)s");

  /// What docs/operations.md asks for beyond the drain.
  private static final int NODE_FAREWELL = 15;

  private static final int POD_FAREWELL = 40;

  @ParameterizedTest
  @EnumSource
  void aNodeHasTimeForItsDrainAndItsFarewells(Overlay overlay) {
    assertThat(grace(overlay, "wishbone-media"))
        .isGreaterThanOrEqualTo(setting(overlay, "WISHBONE_DRAIN_TIMEOUT", 60) + NODE_FAREWELL);
  }

  @ParameterizedTest
  @EnumSource
  void aPodHasTimeUntilProxiesHaveNoticedAndForWhatItHas(Overlay overlay) {
    int delay = setting(overlay, "WISHBONE_DRAIN_DELAY", 5);
    assertThat(grace(overlay, "wishbone-signaling")).isGreaterThanOrEqualTo(delay + POD_FAREWELL);
    JsonNode ready = container(overlay, "wishbone-signaling").path("readinessProbe");
    assertThat(delay)
        .as("it serves for longer than it takes to find out that it is not ready")
        .isGreaterThan(
            ready.path("periodSeconds").asInt() * ready.path("failureThreshold").asInt());
  }

  /// A hook before SIGTERM would only come on top.
  @ParameterizedTest
  @EnumSource
  void programsAreToldBySigtermAndNothingElse(Overlay overlay) {
    for (String name : new String[] {"wishbone-media", "wishbone-signaling"}) {
      assertThat(container(overlay, name).has("lifecycle")).isFalse();
    }
  }

  /// Kubernetes goes on to the next one when one is ready, and ready is not yet in sync.
  @Test
  void brokersAndServersOfTheStoreCatchUpBeforeTheNextOneLeaves() {
    for (String name : List.of("wishbone-kafka", "wishbone-infinispan")) {
      Manifest set = Overlay.PLAIN.one("StatefulSet", name);
      assertThat(set.json().at("/spec/minReadySeconds").asInt()).isGreaterThanOrEqualTo(30);
      assertThat(grace(Overlay.PLAIN, name)).isGreaterThanOrEqualTo(60);
    }
  }

  private static Manifest workload(Overlay overlay, String name) {
    return overlay.workloads().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode container(Overlay overlay, String name) {
    return workload(overlay, name).containers().getFirst();
  }

  private static int grace(Overlay overlay, String name) {
    return workload(overlay, name).pod().path("terminationGracePeriodSeconds").asInt(30);
  }

  /// In seconds; what is usual unless a ConfigMap of the overlay says otherwise.
  private static int setting(Overlay overlay, String variable, int usual) {
    for (Manifest map : overlay.of("ConfigMap")) {
      JsonNode value = map.json().path("data").path(variable);
      if (value.isTextual()) {
        Matcher seconds = SECONDS.matcher(value.asText());
        assertThat(seconds.matches()).as(variable + " in seconds").isTrue();
        return Integer.parseInt(seconds.group(1));
      }
    }
    return usual;
  }
}
