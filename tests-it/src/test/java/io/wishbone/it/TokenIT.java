package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens and stream keys that the program makes, shown to the program.
class TokenIT {

  @TempDir private Path directory = Path.of("");

  @Test
  void aServerAcceptsTheTokensOfItsMachine() throws IOException, InterruptedException {
    Map<String, String> home = Map.of("WISHBONE_HOME", directory.resolve("home").toString());
    String token = make(home, "token", "--publish", "live", "--ttl", "1h", "--subject", "alice");
    String admin = make(home, "token", "--admin");

    try (RunningServer server = RunningServer.with(home, "--auth", "jwt").started()) {
      assertThat(server.log()).containsOnlyOnce("Tokens of this machine's own key are accepted");
      assertThat(publish(server.whip("live"), "").statusCode()).isEqualTo(401);
      assertThat(publish(server.whip("other"), "Bearer " + token).statusCode()).isEqualTo(403);
      assertThat(publish(server.whip("live"), "Bearer " + token).statusCode()).isEqualTo(201);

      HttpResponse<String> revoked =
          send(
              server.console().resolve("api/v1/revocations"),
              "application/json",
              "{\"subject\":\"alice\"}",
              "Bearer " + admin);
      assertThat(revoked.statusCode()).isEqualTo(201);
      assertThat(revoked.body()).contains("\"ended\":1");
      assertThat(server.log()).contains("ended: OPERATOR");
      assertThat(publish(server.whip("live"), "Bearer " + token).statusCode()).isEqualTo(403);
      assertThat(server.log()).doesNotContain(token).doesNotContain(token.split("\\.")[1]);
    }
  }

  @Test
  void aServerAcceptsTheKeysOfItsFile() throws IOException, InterruptedException {
    String made = make(Map.of(), "key", "--publish", "live", "--id", "camera");
    String key = made.lines().findFirst().orElseThrow().substring("Key   ".length());
    String line = made.lines().skip(1).findFirst().orElseThrow().substring("Line  ".length());
    Path file = Files.writeString(directory.resolve("keys"), line + "\n");

    try (RunningServer server =
        RunningServer.with("--auth", "keys", "--keys-file", file.toString()).started()) {
      assertThat(publish(server.whip("live"), "Bearer " + key + "x").statusCode()).isEqualTo(401);
      assertThat(publish(server.whip("live"), "Bearer " + key).statusCode()).isEqualTo(201);
      assertThat(server.log()).doesNotContain(key.substring("camera.".length()));
    }
  }

  private String make(Map<String, String> environment, String... words) {
    ServerProgram.Finished run = ServerProgram.run(directory, environment, words);
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.output().strip();
  }

  private static HttpResponse<String> publish(URI endpoint, String authorization)
      throws IOException, InterruptedException {
    return send(
        endpoint,
        "application/sdp",
        Offers.read("chromium156-whip-av-sendonly.offer.sdp"),
        authorization);
  }

  private static HttpResponse<String> send(
      URI address, String contentType, String body, String authorization)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", contentType)
              .POST(BodyPublishers.ofString(body));
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
