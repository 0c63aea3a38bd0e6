package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.OpenSession;
import io.wishbone.control.StreamName;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.SessionRecord;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(RevokingOverHttp.WithOperators.class)
class RevocationTest extends RevokingOverHttp {

  @Test
  @DisplayName("revoking a subject ends its sessions, and opens no new ones")
  void revokesASubject() {
    location(publish("studio", token("alice")));
    location(play("studio", token("alice")));
    String other = location(play("studio", token("bob")));

    var response = revoke("{\"subject\":\"alice\"}");

    assertThat(response.statusCode()).isEqualTo(201);
    JsonObject revocation = new JsonObject(response.body());
    assertThat(revocation.getInteger("ended")).isEqualTo(2);
    assertThat(revocation.getString("subject")).isEqualTo("alice");
    assertThat(header(response, "Location"))
        .endsWith(REVOCATIONS + "/" + revocation.getString("id"));
    assertThat(node.received(CloseSession.class))
        .hasSize(2)
        .allSatisfy(close -> assertThat(close.reason()).isEqualTo(CloseReason.OPERATOR));
    assertThat(open()).extracting(SessionRecord::subject).containsExactly("bob");
    assertThat(streams.find(new StreamName("studio"))).isNull();

    refused(publish("studio", token("alice")));
    refused(play("studio", token("alice")));
    assertThat(publish("studio", token("bob")).statusCode()).isEqualTo(201);
    assertThat(http.send("DELETE", other).statusCode()).isEqualTo(200);
  }

  @Test
  void revokesAStreamKey() {
    location(publish("studio", CAMERA));
    assertThat(revoke("{\"key\":\"camera\"}").statusCode()).isEqualTo(201);
    assertThat(open()).isEmpty();
    refused(publish("studio", CAMERA));
    assertThat(publish("studio", token("alice")).statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("a session that is being opened while its subject is revoked is ended as well")
  void missesNoSessionThatIsBeingOpened() {
    var revocation = new AtomicReference<HttpResponse<String>>();
    node.beforeReply(() -> {
      node.beforeReply(() -> {});
      revocation.set(revoke("{\"subject\":\"alice\"}"));
    });

    int status = publish("studio", token("alice")).statusCode();

    assertThat(revocation.get().statusCode()).isEqualTo(201);
    assertThat(status).isBetween(400, 499);
    assertThat(node.received(OpenSession.class)).hasSize(1);
    await().until(() -> !node.received(CloseSession.class).isEmpty());
    assertThat(open()).isEmpty();
    assertThat(streams.find(new StreamName("studio"))).isNull();
  }

  @Test
  void listsAndGivesBack() {
    revoke("{\"subject\":\"alice\",\"seconds\":3600}");
    revoke("{\"stream\":\"studio\"}");

    var list = new JsonObject(asOperator("GET", REVOCATIONS).body()).getJsonArray("revocations");
    assertThat(list).hasSize(2);
    String path = REVOCATIONS + "/" + list.getJsonObject(0).getString("id");
    assertThat(new JsonObject(asOperator("GET", path).body()).getString("subject"))
        .isEqualTo("alice");

    assertThat(asOperator("DELETE", path).statusCode()).isEqualTo(204);
    assertThat(asOperator("DELETE", path).statusCode()).isEqualTo(404);
    assertThat(asOperator("GET", path).statusCode()).isEqualTo(404);
    assertThat(publish("free", token("alice")).statusCode()).isEqualTo(201);
  }

  @Test
  void nameTheirMethods() {
    var all = asOperator("PATCH", REVOCATIONS);
    assertThat(all.statusCode()).isEqualTo(405);
    assertThat(header(all, "Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
    var one = asOperator("PUT", REVOCATIONS + "/x");
    assertThat(one.statusCode()).isEqualTo(405);
    assertThat(header(one, "Allow")).isEqualTo("GET, HEAD, DELETE, OPTIONS");
  }

  @Test
  void areForgottenByThemselves() {
    revoke("{\"subject\":\"alice\",\"seconds\":1}");
    refused(publish("studio", token("alice")));
    await()
        .untilAsserted(
            () -> assertThat(publish("studio", token("alice")).statusCode()).isEqualTo(201));
    assertThat(revocations.all()).isEmpty();
  }

  @Test
  void areForOperatorsOnly() {
    String body = "{\"subject\":\"alice\"}";
    var nobody =
        http.send("POST", REVOCATIONS, Http.bytes(body), "Content-Type", "application/json");
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(header(nobody, "WWW-Authenticate")).startsWith("Bearer realm");
    for (String wrong : List.of(token("alice"), CAMERA)) {
      var response = send("POST", REVOCATIONS, body, wrong);
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(header(response, "WWW-Authenticate")).contains("insufficient_scope");
      assertThat(send("GET", REVOCATIONS, "", wrong).statusCode()).isEqualTo(403);
      assertThat(send("DELETE", REVOCATIONS + "/x", "", wrong).statusCode()).isEqualTo(403);
    }
    assertThat(revocations.all()).isEmpty();
    assertThat(send("POST", REVOCATIONS, body, admin()).statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("an operator whose access was taken away revokes nothing, and gives nothing back")
  void areForNobodyWhoIsRevokedThemselves() {
    revoke("{\"subject\":\"root\"}");
    refused(send("GET", REVOCATIONS, "", admin()));
    refused(send("POST", REVOCATIONS, "{\"subject\":\"alice\"}", admin()));
    RevocationRecord own = revocations.all().getFirst();
    refused(send("DELETE", REVOCATIONS + "/" + own.id(), "", admin()));

    assertThat(send("POST", REVOCATIONS, "{\"key\":\"ops\"}", OPERATOR).statusCode())
        .isEqualTo(201);
    refused(asOperator("GET", REVOCATIONS));
    assertThat(revocations.all()).hasSize(2);
  }

  @Test
  void tellNoPageOfAnotherOrigin() {
    var response =
        http.send(
            "OPTIONS",
            REVOCATIONS,
            "Origin",
            "https://elsewhere.example",
            "Access-Control-Request-Method",
            "POST");
    assertThat(header(response, "Access-Control-Allow-Origin")).isEmpty();
    assertThat(header(asOperator("GET", REVOCATIONS), "Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "alice",
        "{}",
        "{\"subject\":\"alice\"} {}",
        "{\"subject\":\"alice\",\"subject\":\"bob\"}",
        "{\"subject\":\"alice\",\"key\":\"camera\"}",
        "{\"subject\":\"alice\",\"more\":1}",
        "{\"subject\":7}",
        "{\"subject\":null}",
        "{\"subject\":\" \"}",
        "{\"subject\":\"a\\u0000\"}",
        "{\"key\":\"a.b\"}",
        "{\"stream\":\"a/b\"}",
        "{\"stream\":\"*\"}",
        "{\"seconds\":5}",
        "{\"subject\":\"alice\",\"seconds\":0}",
        "{\"subject\":\"alice\",\"seconds\":2678401}",
        "{\"subject\":\"alice\",\"seconds\":1.5}",
        "{\"subject\":\"alice\",\"seconds\":\"5\"}"
      })
  void areReadStrictly(String body) {
    var response = revoke(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
    assertThat(revocations.all()).isEmpty();
  }

  @Test
  void haveALimitedSize() {
    var large = revoke("{\"subject\":\"" + "a".repeat(5000) + "\"}");
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(revoke("{\"subject\":\"" + "a".repeat(257) + "\"}").statusCode()).isEqualTo(400);
    var text =
        http.send(
            "POST",
            REVOCATIONS,
            Http.bytes("{}"),
            "Content-Type",
            "text/plain",
            "Authorization",
            OPERATOR);
    assertThat(text.statusCode()).isEqualTo(415);
    assertThat(header(text, "Accept-Post")).isEqualTo("application/json");
  }
}
