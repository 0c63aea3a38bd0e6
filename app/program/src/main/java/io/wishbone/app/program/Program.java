package io.wishbone.app.program;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The programs, and what can be set for each.
public enum Program {
  /// Signalling and a media node in one process.
  STANDALONE(
      "run",
      """
      Usage: wishbone run [options]
             wishbone token [--publish STREAMS] [--play STREAMS] [--admin] [--ttl 1h] [--subject NAME]
             wishbone key [--publish STREAMS] [--play STREAMS] [--admin] [--id NAME]

      Runs a WHIP and WHEP media server in one process, until Ctrl-C. token prints a token for
      development, signed with this machine's own key; key prints a stream key, and its line for the
      file of --keys-file. STREAMS are names, or beginnings of names before a *, with commas.
      """,
      List.of(
          ListeningSettings.ALL,
          TlsSettings.ALL,
          AuthenticationSettings.ALL,
          IceSettings.ALL,
          MediaSettings.ALL,
          LoadSettings.ALL,
          LeavingSettings.ALL,
          NotificationSettings.ALL,
          ObservationSettings.ALL,
          OtherSettings.ALL)),

  /// Signalling of a cluster.
  SIGNALING(
      "signaling",
      """
      Usage: wishbone signaling --kafka HOST:PORT --infinispan HOST:PORT [options]

      Runs a signalling pod of a cluster, until Ctrl-C: WHIP and WHEP over HTTP. It keeps nothing
      to itself; any pod serves any session. It starts without Kafka and Infinispan as well, and is
      ready when they are there.
      """,
      List.of(
          ClusterSettings.KAFKA_CLIENT,
          ClusterSettings.STORE,
          List.of(ClusterSettings.POD_ID, ClusterSettings.REGION, ClusterSettings.ZONE),
          List.of(
              ListeningSettings.HTTP_PORT,
              ListeningSettings.HTTPS_PORT,
              ListeningSettings.BIND,
              ListeningSettings.TRUSTED_PROXIES,
              ListeningSettings.KEEP_ALIVE),
          TlsSettings.ALL,
          AuthenticationSettings.ALL,
          IceSettings.ALL,
          List.of(
              MediaSettings.PUBLISHER_CONFLICT,
              MediaSettings.WHEP_WAIT_FOR_PUBLISHER,
              MediaSettings.WHEP_COUNTER_OFFER),
          LoadSettings.ALL,
          List.of(
              ClusterSettings.PLACEMENT,
              ClusterSettings.CLIENT_REGION_HEADER,
              ClusterSettings.CLIENT_REGION_GEOIP_FILE,
              ClusterSettings.CLIENT_REGION_GEOIP_REGIONS,
              ClusterSettings.RELAY_MAX_EDGES,
              ClusterSettings.RELAY_BETWEEN_REGIONS),
          List.of(LeavingSettings.DRAIN_DELAY),
          NotificationSettings.ALL,
          ObservationSettings.ALL,
          List.of(OtherSettings.CONFIG))),

  /// A media node of a cluster.
  MEDIA(
      "media",
      """
      Usage: wishbone media --kafka HOST:PORT [options]

      Runs a media node of a cluster, until Ctrl-C: ICE, DTLS, SRTP over UDP. It does what
      signalling pods tell it over Kafka. It starts without Kafka as well, and is ready when that
      is there.
      """,
      List.of(
          ClusterSettings.KAFKA_CLIENT,
          List.of(ClusterSettings.NODE_ID, ClusterSettings.REGION, ClusterSettings.ZONE),
          List.of(
              ClusterSettings.HEALTH_PORT,
              ListeningSettings.MEDIA_PORT,
              ListeningSettings.BIND,
              ListeningSettings.ADVERTISE),
          MediaSettings.OF_NODES,
          LeavingSettings.ALL,
          ObservationSettings.ALL,
          List.of(OtherSettings.CONFIG)));

  private final String command;
  private final String introduction;
  private final List<Setting> settings;

  Program(String command, String introduction, List<List<Setting>> settings) {
    this.command = command;
    this.introduction = introduction;
    this.settings = settings.stream().flatMap(Collection::stream).toList();
  }

  /// What the launcher calls it.
  public String command() {
    return command;
  }

  /// How its help text begins.
  String introduction() {
    return introduction;
  }

  /// In the order of the help text.
  public List<Setting> settings() {
    return settings;
  }

  boolean has(Setting setting) {
    return settings.contains(setting);
  }

  /// Those of all programs, without repetitions.
  static List<Setting> settingsOfAll() {
    return Stream.of(values()).flatMap(each -> each.settings.stream()).distinct().toList();
  }
}
