package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ServerLifecycleIT {

  @Test
  void saysWhereItIsAndEndsWhenAsked() throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.with().started();
        HttpClient client = HttpClient.newHttpClient()) {
      String address = "http://localhost:" + server.httpPort();
      assertThat(server.output())
          .containsExactly(
              "Console  " + address + "/",
              "WHIP     " + address + "/whip/endpoint/{stream}",
              "WHEP     " + address + "/whep/endpoint/{stream}");
      for (String path : new String[] {"q/health/live", "q/metrics"}) {
        var request = HttpRequest.newBuilder(server.console().resolve(path)).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
      assertThat(server.stop()).isEqualTo(143);
    }
  }
}
