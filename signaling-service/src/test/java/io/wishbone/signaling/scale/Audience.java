package io.wishbone.signaling.scale;

import static io.wishbone.signaling.scale.Input.AUDIO;
import static io.wishbone.signaling.scale.Input.BITRATE;
import static io.wishbone.signaling.scale.Input.BROKER_CORES;
import static io.wishbone.signaling.scale.Input.COPIES;
import static io.wishbone.signaling.scale.Input.LAYERS;
import static io.wishbone.signaling.scale.Input.NODE_CORES;
import static io.wishbone.signaling.scale.Input.NODE_LINK;
import static io.wishbone.signaling.scale.Input.OPERATION;
import static io.wishbone.signaling.scale.Input.OWNERS;
import static io.wishbone.signaling.scale.Input.PACKET;
import static io.wishbone.signaling.scale.Input.POD_CORES;
import static io.wishbone.signaling.scale.Input.READ;
import static io.wishbone.signaling.scale.Input.RECORD;
import static io.wishbone.signaling.scale.Input.RUSH;
import static io.wishbone.signaling.scale.Input.SESSION;
import static io.wishbone.signaling.scale.Input.STAY;
import static io.wishbone.signaling.scale.Input.STORE_CORES;
import static io.wishbone.signaling.scale.Input.USE;
import static io.wishbone.signaling.scale.Input.WRITE;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.SessionsAlive;
import java.time.Duration;
import java.util.function.ToIntFunction;

/// So many streams with so many viewers each, the same share of them in every region. What it takes
/// follows from the [Input]s.
record Audience(String name, int streams, int viewersEach, int regions) {

  static final int STATUS_SECONDS = 5;
  static final int ALIVE_SECONDS = 30;
  static final int RENEWALS_AT_A_TIME = 32;
  static final int PACKET_BYTES = 1150;
  static final int AUDIO_BYTES = 160;
  static final int WORKER_SESSIONS = 5000;
  static final int LOOKS_AT_NODES = 4;

  /// Of the topic of events: each is handled by one thread of one process.
  static final int EVENT_PARTITIONS = 8;

  /// A POST, its reply, what pods tell of the session, that it is connected, and that others hear
  /// of that.
  static final int RECORDS_OF_POST = 5;

  /// A DELETE, its reply, that the session has ended, and that others hear of that.
  static final int RECORDS_OF_DELETE = 4;

  double viewers() {
    return (double) streams * viewersEach;
  }

  // Media

  static double packets() {
    return BITRATE.value * 1e6 / 8 / PACKET_BYTES + AUDIO.value;
  }

  /// Of a viewer, with what the network adds.
  static double bits() {
    return BITRATE.value * 1e6 + AUDIO.value * AUDIO_BYTES * 8;
  }

  static double viewersByCores() {
    return NODE_CORES.value * USE.value / (packets() * PACKET.value / 1e6);
  }

  static double viewersByLink() {
    return NODE_LINK.value * 1e9 * USE.value / bits();
  }

  static double viewersByPlaces() {
    return NODE_CORES.value * WORKER_SESSIONS;
  }

  static double viewersOfNode() {
    return Math.min(viewersByPlaces(), Math.min(viewersByCores(), viewersByLink()));
  }

  int nodesOfRegion() {
    return (int) Math.max(1, Math.ceil(viewers() / regions / viewersOfNode()));
  }

  int nodes() {
    return nodesOfRegion() * regions;
  }

  /// Nodes that carry a stream, its origin among them: in each region as few as have room.
  int carriersOfStream() {
    return (int) Math.max(1, Math.ceil((double) viewersEach / regions / viewersOfNode())) * regions;
  }

  double edges() {
    return (double) streams * (carriersOfStream() - 1);
  }

  /// Into other regions, one link each, with all layers.
  double gigabitsBetweenRegions() {
    return streams * (regions - 1) * bits() * LAYERS.value / 1e9;
  }

  // Signalling

  double posts() {
    return viewers() / RUSH.value;
  }

  double deletes() {
    return viewers() / STAY.value;
  }

  double renewals() {
    return viewers() / ALIVE_SECONDS;
  }

  int podsForRequests() {
    return (int) Math.ceil(posts() * SESSION.value / 1e3 / (POD_CORES.value * USE.value));
  }

  /// A process renews the sessions of one report after the other.
  int podsForRenewals() {
    double seconds = (READ.value + WRITE.value) / 1e3 / RENEWALS_AT_A_TIME;
    return (int) Math.ceil(renewals() * seconds / USE.value);
  }

  int pods() {
    return Math.max(regions, Math.max(podsForRequests(), podsForRenewals()));
  }

  // Store

  static double beats() {
    return (double) Duration.ofSeconds(1).toMillis() / NodeHeartbeat.INTERVAL.toMillis();
  }

  /// Several processes may store the same report: at worst all do, whose copies are all old.
  private double operations(ToIntFunction<StoreLoad> count) {
    return posts() * count.applyAsInt(StoreLoad.PLAY_AT_EDGE)
        + deletes() * (count.applyAsInt(StoreLoad.DELETE) + count.applyAsInt(StoreLoad.ENDED))
        + renewals() * count.applyAsInt(StoreLoad.SESSION_ALIVE)
        + heartbeats() * count.applyAsInt(StoreLoad.HEARTBEAT)
        + edges() / STATUS_SECONDS * count.applyAsInt(StoreLoad.REPORT_OF_EDGE);
  }

  double heartbeats() {
    return nodes() * beats() * pods();
  }

  /// A process stores what it hears of nodes one after the other.
  ///
  /// @return the share of one thread's time, more than 1 if it falls behind, at the worst
  double threadOfHeartbeats() {
    return nodes() * beats() * WRITE.value / 1e3;
  }

  /// @return the same of each thread that handles reports of edges
  double threadsOfReports() {
    double each = (2 * READ.value + WRITE.value) / 1e3;
    return edges() / STATUS_SECONDS / EVENT_PARTITIONS * each;
  }

  double reads() {
    return operations(StoreLoad::reads);
  }

  /// An edge is written with each of its reports, for they come every five seconds.
  double writes() {
    return operations(StoreLoad::writes) + edges() / STATUS_SECONDS;
  }

  double storeOperations() {
    return reads() + writes();
  }

  /// Each owner of an entry does what changes it.
  int storeServers() {
    double cores = (reads() + writes() * OWNERS.value) * OPERATION.value / 1e3;
    return (int) Math.max(OWNERS.value, Math.ceil(cores / (STORE_CORES.value * USE.value)));
  }

  /// Records of nodes that are read because each process looks at all of them.
  double nodesLookedAt() {
    return (double) nodes() * pods() * LOOKS_AT_NODES;
  }

  /// Changes of the record of one stream, all of whose edges are in it.
  double changesOfEdges() {
    return (double) (carriersOfStream() - 1) / STATUS_SECONDS;
  }

  /// What one entry takes when everybody waits for everybody else.
  static double mostChanges() {
    return USE.value * 1e3 / (READ.value + WRITE.value);
  }

  /// How many edges a stream has at most for that.
  static double mostEdges() {
    return mostChanges() * STATUS_SECONDS;
  }

  // Kafka

  /// What every process hears, whoever handles it.
  double heard() {
    return 2 * posts() + deletes() + nodes() * beats() + reports() + aliveReports();
  }

  double records() {
    return RECORDS_OF_POST * posts()
        + RECORDS_OF_DELETE * deletes()
        + nodes() * beats()
        + reports()
        + aliveReports();
  }

  double reports() {
    return (edges() + streams) / STATUS_SECONDS;
  }

  private double aliveReports() {
    double each = viewers() / nodes() / SessionsAlive.MAX_SESSIONS;
    return nodes() * Math.ceil(each) / ALIVE_SECONDS;
  }

  int brokers() {
    double cores = records() * COPIES.value * RECORD.value / 1e3;
    return (int) Math.max(COPIES.value, Math.ceil(cores / (BROKER_CORES.value * USE.value)));
  }
}
