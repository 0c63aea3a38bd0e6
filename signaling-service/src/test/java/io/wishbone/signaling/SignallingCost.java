package io.wishbone.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Not a test that runs by itself: prints what a viewer's POST and DELETE cost, the client in the
/// same process included. `-Dtest=SignallingCost` runs it.
@QuarkusTest
class SignallingCost {

  private static final int WARM_UP = 3_000;
  private static final int COUNT = 3_000;
  private static final int RUNS = 5;

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @TestHTTPResource URI base;

  @Test
  void ofAViewerWhoComesAndGoes() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    TestServer.reset(node, sessions, streams);
    Http http = new Http(base);
    Http.location(http.publish("studio"));
    comeAndGo(http, WARM_UP);
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      node.reset();
      long before = system.getProcessCpuTime();
      comeAndGo(http, COUNT);
      long spent = system.getProcessCpuTime() - before;
      millis[i] = spent / (double) COUNT / Duration.ofMillis(1).toNanos();
    }
    Arrays.sort(millis);
    System.out.printf(
        "processor time of a viewer's POST and DELETE, client included: %.2f ms (%.2f to %.2f)%n",
        millis[RUNS / 2], millis[0], millis[RUNS - 1]);
  }

  private void comeAndGo(Http http, int times) {
    for (int i = 0; i < times; i++) {
      String session = Http.location(http.play("studio"));
      assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
    }
  }
}
