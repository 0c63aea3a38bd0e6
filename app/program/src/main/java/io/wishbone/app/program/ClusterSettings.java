package io.wishbone.app.program;

import io.wishbone.app.program.kind.Choice;
import io.wishbone.app.program.kind.Location;
import io.wishbone.app.program.kind.Name;
import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.ServerList;
import io.wishbone.app.program.kind.Text;
import io.wishbone.app.program.kind.WholeNumber;
import java.util.List;

/// How the programs of a cluster find each other.
public final class ClusterSettings {

  /// As long as a label of a host name, with room for what is added to it.
  private static final Name NAME = new Name(128);

  public static final Setting KAFKA =
      new Setting(
          Group.CLUSTER,
          "kafka",
          new ServerList(),
          null,
          "Brokers of Kafka, over which signalling and media nodes speak; one that answers says"
              + " where the others are");

  public static final Setting KAFKA_PROPERTIES =
      new Setting(
          Group.CLUSTER,
          "kafka.properties",
          new Location(false),
          null,
          "A file of settings of Kafka clients, such as security.protocol and sasl.jaas.config");

  public static final Setting KAFKA_TOPIC_PREFIX =
      new Setting(
          Group.CLUSTER,
          "kafka.topic-prefix",
          NAME,
          "wishbone",
          "What the names of topics, and of the group that reads them, begin with; the same for all"
              + " of a cluster");

  public static final Setting KAFKA_PARTITIONS =
      new Setting(
          Group.CLUSTER,
          "kafka.partitions",
          new WholeNumber("COUNT", 1, 10_000),
          "64",
          "Partitions of topics for commands and replies when they are made; about twice as many as"
              + " there are ever nodes");

  public static final Setting KAFKA_REPLICATION =
      new Setting(
          Group.CLUSTER,
          "kafka.replication-factor",
          new WholeNumber("COUNT", 1, 15),
          "1",
          "How many brokers have each topic when it is made");

  public static final Setting INFINISPAN =
      new Setting(
          Group.CLUSTER,
          "infinispan",
          new ServerList(),
          null,
          "Infinispan Servers, in which sessions are stored, by Hot Rod");

  public static final Setting INFINISPAN_USERNAME =
      new Setting(
          Group.CLUSTER,
          "infinispan.username",
          new Text("NAME", 1),
          null,
          "Who signalling is to Infinispan, if that asks");

  public static final Setting INFINISPAN_PASSWORD =
      new Setting(
          Group.CLUSTER,
          "infinispan.password",
          new Secret(1),
          null,
          "The password that goes with it");

  public static final Setting INFINISPAN_PROPERTIES =
      new Setting(
          Group.CLUSTER,
          "infinispan.properties",
          new Location(false),
          null,
          "A file of settings of Hot Rod clients, such as infinispan.client.hotrod.use_ssl");

  public static final Setting POD_ID =
      new Setting(
          Group.CLUSTER,
          "pod-id",
          NAME,
          null,
          "What no other signalling pod is called. If not set, the host's name and something drawn"
              + " at random");

  public static final Setting NODE_ID =
      new Setting(
          Group.CLUSTER,
          "node-id",
          NAME,
          null,
          "What no other media node is called, not even an earlier one. If not set, the host's name"
              + " and something drawn at random");

  public static final Setting REGION =
      new Setting(Group.CLUSTER, "region", NAME, null, "The part of the world that it is in");

  public static final Setting ZONE =
      new Setting(Group.CLUSTER, "zone", NAME, null, "The part of the region that it is in");

  public static final Setting HEALTH_PORT =
      new Setting(
          Group.LISTENING,
          "health-port",
          WholeNumber.PORT,
          "9300",
          "TCP port of HTTP for those who operate the node: health and metrics, nothing else");

  public static final Setting PLACEMENT =
      new Setting(
          Group.LOAD,
          "placement",
          Choice.of("region-aware", "least-loaded"),
          "region-aware",
          "How a node is chosen: by nothing but load, or by how far it is as well");

  public static final Setting CLIENT_REGION_HEADER =
      new Setting(
          Group.LOAD,
          "client-region.header",
          new Name(64),
          null,
          "The header in which a trusted proxy names the region of a client");

  public static final Setting CLIENT_REGION_GEOIP_FILE =
      new Setting(
          Group.LOAD,
          "client-region.geoip-file",
          new Location(false),
          null,
          "A database in the MaxMind format that says where addresses are; read again when it has"
              + " changed");

  public static final Setting CLIENT_REGION_GEOIP_REGIONS =
      new Setting(
          Group.LOAD,
          "client-region.geoip-regions",
          new Text("LIST", 1),
          null,
          "What belongs to which region, with commas between several, such as"
              + " continent/EU=eu,country/US=us-east,subdivision/US-CA=us-west");

  public static final Setting RELAY_MAX_EDGES =
      new Setting(
          Group.LOAD,
          "relay.max-edges",
          new WholeNumber("COUNT", 1, 1_000),
          "20",
          "How many nodes have a stream from the same node, at most; further ones have it from"
              + " those");

  public static final Setting RELAY_BETWEEN_REGIONS =
      new Setting(
          Group.LOAD,
          "relay.between-regions",
          Choice.of("one", "direct"),
          "one",
          "How often a stream goes from one region to another: once, or once for each node");

  static final List<Setting> KAFKA_CLIENT =
      List.of(KAFKA, KAFKA_PROPERTIES, KAFKA_TOPIC_PREFIX, KAFKA_PARTITIONS, KAFKA_REPLICATION);

  static final List<Setting> STORE =
      List.of(INFINISPAN, INFINISPAN_USERNAME, INFINISPAN_PASSWORD, INFINISPAN_PROPERTIES);

  private ClusterSettings() {}
}
