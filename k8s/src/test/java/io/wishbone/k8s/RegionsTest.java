package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Regions are one cluster, of which each looks after its own part.
class RegionsTest {

  private static final String REDIRECT = "wishbone.redirect.regions.";

  /// What external-dns makes records by.
  private static final String DNS = "external-dns.alpha.kubernetes.io/";

  private static final String LATENCY = DNS + "aws-region";

  /// Signalling shows the nodes of all regions: what is not filtered grows in every one of them.
  @Test
  void eachGrowsByItsOwnLoad() {
    Set<String> queries = new TreeSet<>();
    for (Overlay overlay : Overlay.regions()) {
      String query =
          overlay
              .one("ScaledObject", "wishbone-media")
              .json()
              .at("/spec/triggers/0/metadata/query")
              .asText();
      assertThat(query)
          .isEqualTo("sum(wishbone:media_load:sum{region=\"" + overlay.region() + "\"})");
      queries.add(query);
    }
    assertThat(queries).hasSize(Overlay.regions().size()).hasSizeGreaterThan(1);
  }

  /// Each says of every region where its clients are sent, and is there itself.
  @Test
  void eachSendsClientsToEveryOther() throws IOException {
    for (Overlay overlay : Overlay.regions()) {
      Properties redirects = redirects(overlay);
      assertThat(redirects.stringPropertyNames())
          .hasSameSizeAs(Overlay.regions())
          .allMatch(name -> name.startsWith(REDIRECT));
      for (Overlay other : Overlay.regions()) {
        URI base = URI.create(redirects.getProperty(REDIRECT + other.region(), ""));
        assertThat(base.getScheme()).isEqualTo("https");
        assertThat(base.getPath()).isEmpty();
        assertThat(hosts(other)).contains(base.getHost());
      }
    }
  }

  /// A record that depends on where it is looked up is found by some and not by others. It holds
  /// for every host of its Ingress, in TLS as well.
  @Test
  void whereClientsAreSentIsFoundFromEverywhere() throws IOException {
    for (Overlay overlay : Overlay.regions()) {
      String target =
          URI.create(redirects(overlay).getProperty(REDIRECT + overlay.region())).getHost();
      List<Manifest> own =
          overlay.of("Ingress").stream().filter(each -> hosts(each).contains(target)).toList();
      assertThat(own).hasSize(1);
      assertThat(routing(own.getFirst())).as(target).isEmpty();
    }
  }

  /// One of several records of a name that are chosen by latency is always an answer. Of those that
  /// are chosen by continent there is none for whoever is on no continent of theirs.
  @Test
  void theCommonNameIsAnsweredEverywhere() {
    Set<String> hosts = new TreeSet<>();
    Set<String> places = new TreeSet<>();
    for (Overlay overlay : Overlay.regions()) {
      Manifest common = overlay.one("Ingress", "wishbone");
      hosts.addAll(hosts(common));
      Map<String, String> routing = routing(common);
      assertThat(routing).containsOnlyKeys(DNS + "set-identifier", LATENCY);
      assertThat(routing).containsEntry(DNS + "set-identifier", overlay.region());
      places.add(routing.get(LATENCY));
    }
    assertThat(hosts).as("one name for all").hasSize(1);
    assertThat(places).hasSameSizeAs(Overlay.regions());
  }

  /// How external-dns is told to answer, of an Ingress.
  private static Map<String, String> routing(Manifest ingress) {
    Map<String, String> all = Manifest.strings(ingress.json().at("/metadata/annotations"));
    all.keySet().removeIf(name -> !name.startsWith(DNS));
    return all;
  }

  /// A grant that one signs has to be good at the other: both have the secret, or do not start.
  @Test
  void allShareTheSecretThatSignsGrants() {
    for (Overlay overlay : Overlay.regions()) {
      JsonNode secret = variable(signaling(overlay), "WISHBONE_REDIRECT_SECRET").path("valueFrom");
      assertThat(secret.at("/secretKeyRef/name").asText()).isEqualTo("wishbone-secrets");
      assertThat(secret.at("/secretKeyRef/key").asText()).isEqualTo("WISHBONE_REDIRECT_SECRET");
      assertThat(secret.at("/secretKeyRef/optional").asBoolean()).isFalse();
    }
  }

  /// Only who knows where a client is can send it there.
  @Test
  void whereAClientIsIsSaidByTheProxyInFront() {
    for (Overlay overlay : Overlay.regions()) {
      JsonNode settings =
          overlay.of("ConfigMap").stream()
              .filter(map -> map.name().startsWith("wishbone-signaling-settings"))
              .findFirst()
              .orElseThrow()
              .json()
              .path("data");
      assertThat(settings.path("WISHBONE_CLIENT_REGION_HEADER").asText()).isNotEmpty();
      assertThat(settings.path("WISHBONE_TRUSTED_PROXIES").asText()).isNotEmpty();
    }
  }

  /// Kafka and Infinispan stand outside, where no network policy of ours is: their clients are told
  /// how to reach them safely by files of a secret, or the pods do not start.
  @Test
  void whatStandsOutsideIsReachedByWhatASecretSays() throws IOException {
    String readme = Files.readString(Tool.room().resolve("README.md"));
    for (Overlay overlay : Overlay.regions()) {
      Manifest signaling = overlay.one("Deployment", "wishbone-signaling");
      Manifest media = overlay.one("StatefulSet", "wishbone-media");
      for (String file :
          List.of(
              secretFile(signaling, "WISHBONE_KAFKA_PROPERTIES"),
              secretFile(signaling, "WISHBONE_INFINISPAN_PROPERTIES"),
              secretFile(media, "WISHBONE_KAFKA_PROPERTIES"))) {
        assertThat(readme).contains("--from-file=" + file);
      }
    }
  }

  /// @return the name of the file that a variable says is mounted of the secret
  private static String secretFile(Manifest workload, String variable) {
    JsonNode container = workload.containers().getFirst();
    String path = value(container, variable);
    String folder = path.substring(0, path.lastIndexOf('/'));
    JsonNode secret = volume(workload, folder).path("secret");
    assertThat(secret.path("secretName").asText()).isEqualTo("wishbone-backing");
    assertThat(secret.path("optional").asBoolean()).isFalse();
    String file = path.substring(path.lastIndexOf('/') + 1);
    if (secret.has("items")) {
      assertThat(Manifest.elements(secret.path("items")).map(item -> item.path("path").asText()))
          .contains(file);
    }
    return file;
  }

  private static JsonNode signaling(Overlay overlay) {
    return overlay.one("Deployment", "wishbone-signaling").containers().getFirst();
  }

  private static JsonNode variable(JsonNode container, String name) {
    return Manifest.elements(container.path("env"))
        .filter(variable -> variable.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  private static String value(JsonNode container, String name) {
    return variable(container, name).path("value").asText();
  }

  /// The file at this path in the container, which comes of a ConfigMap.
  private static Properties mounted(Overlay overlay, String path) throws IOException {
    String folder = path.substring(0, path.lastIndexOf('/'));
    String map =
        volume(overlay.one("Deployment", "wishbone-signaling"), folder)
            .at("/configMap/name")
            .asText();
    var properties = new Properties();
    properties.load(
        new StringReader(
            overlay
                .one("ConfigMap", map)
                .json()
                .path("data")
                .path(path.substring(path.lastIndexOf('/') + 1))
                .asText()));
    return properties;
  }

  /// What the first container has mounted at a folder.
  private static JsonNode volume(Manifest workload, String folder) {
    String name =
        Manifest.elements(workload.containers().getFirst().path("volumeMounts"))
            .filter(mount -> mount.path("mountPath").asText().equals(folder))
            .findFirst()
            .orElseThrow()
            .path("name")
            .asText();
    return Manifest.elements(workload.pod().path("volumes"))
        .filter(each -> each.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Properties redirects(Overlay overlay) throws IOException {
    return mounted(overlay, value(signaling(overlay), "WISHBONE_CONFIG"));
  }

  private static Set<String> hosts(Overlay overlay) {
    Set<String> hosts = new TreeSet<>();
    overlay.of("Ingress").forEach(ingress -> hosts.addAll(hosts(ingress)));
    return hosts;
  }

  private static Set<String> hosts(Manifest ingress) {
    Set<String> hosts = new TreeSet<>();
    ingress.json().at("/spec/rules").forEach(rule -> hosts.add(rule.path("host").asText()));
    for (JsonNode tls : ingress.json().at("/spec/tls")) {
      tls.path("hosts").forEach(host -> hosts.add(host.asText()));
    }
    return hosts;
  }
}
