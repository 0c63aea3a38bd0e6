package io.wishbone.webrtc.dtls;

import io.wishbone.webrtc.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/// A client and a server association with a network between them, in simulated time.
final class SimulatedHandshake {

  private static final SecureRandom RANDOM = new SecureRandom();
  static final DtlsIdentity CLIENT = DtlsIdentity.generate(RANDOM);
  static final DtlsIdentity SERVER = DtlsIdentity.generate(RANDOM);

  /// @param loss, duplication shares of all datagrams
  /// @param maxDelayNanos each datagram takes any time up to this: they overtake one another
  /// @param fragment 0 = leave datagrams as they are; else cut messages to this size
  record Network(double loss, double duplication, long maxDelayNanos, int fragment) {
    static final Network PERFECT = new Network(0, 0, 0, 0);
  }

  record Delivery(long atNanos, long order, boolean toServer, byte[] datagram) {}

  private final DtlsAssociation client;
  private final DtlsAssociation server;
  private final Network network;
  private final Random random;
  private final PriorityQueue<Delivery> underWay =
      new PriorityQueue<>(
          Comparator.comparingLong(Delivery::atNanos).thenComparingLong(Delivery::order));
  private final List<Delivery> sent = new ArrayList<>();
  private Predicate<Delivery> drop = _ -> false;
  private long nowNanos = 1_000_000_000_000L;
  private long order;
  private DtlsStep clientStep;
  private DtlsStep serverStep;

  SimulatedHandshake(Network network, long seed) {
    this(newClient(), newServer(), network, seed);
  }

  static DtlsAssociation newClient() {
    return DtlsAssociation.client(
        CLIENT, Set.of(SERVER.fingerprint()), List.of(SrtpProfile.values()), RANDOM);
  }

  static DtlsAssociation newServer() {
    return DtlsAssociation.server(
        SERVER, Set.of(CLIENT.fingerprint()), List.of(SrtpProfile.values()), RANDOM);
  }

  SimulatedHandshake(DtlsAssociation client, DtlsAssociation server, Network network, long seed) {
    this.client = client;
    this.server = server;
    this.network = network;
    this.random = new Random(seed);
    serverStep = server.start(nowNanos);
    clientStep = client.start(nowNanos);
    send(true, clientStep.datagrams());
  }

  static SimulatedHandshake between(DtlsAssociation client, DtlsAssociation server) {
    return new SimulatedHandshake(client, server, Network.PERFECT, 0);
  }

  /// Loses what the test chooses, also among what is under way already.
  SimulatedHandshake dropping(Predicate<Delivery> drop) {
    this.drop = drop;
    underWay.removeIf(drop);
    return this;
  }

  /// Runs until nothing is under way and nobody waits for a timeout.
  SimulatedHandshake run() {
    while (next()) {}
    return this;
  }

  void runOne() {
    next();
  }

  SimulatedHandshake runFor(long nanos) {
    long end = nowNanos + nanos;
    while (nextEventNanos() <= end && next()) {}
    nowNanos = end;
    return this;
  }

  private long nextEventNanos() {
    long delivery = underWay.isEmpty() ? Long.MAX_VALUE : underWay.peek().atNanos();
    return Math.min(
        delivery, Math.min(clientStep.nextTimeoutNanos(), serverStep.nextTimeoutNanos()));
  }

  private boolean next() {
    long at = nextEventNanos();
    if (at == Long.MAX_VALUE) {
      return false;
    }
    nowNanos = Math.max(nowNanos, at);
    Delivery delivery = underWay.peek();
    if (delivery != null && delivery.atNanos() <= nowNanos) {
      underWay.remove();
      deliver(delivery.toServer(), delivery.datagram());
    } else if (clientStep.nextTimeoutNanos() <= nowNanos) {
      clientStep = client.handleTimeout(nowNanos);
      send(true, clientStep.datagrams());
    } else {
      serverStep = server.handleTimeout(nowNanos);
      send(false, serverStep.datagrams());
    }
    return true;
  }

  void deliver(boolean toServer, byte[] datagram) {
    if (toServer) {
      serverStep = server.handleDatagram(datagram, nowNanos);
      send(false, serverStep.datagrams());
    } else {
      clientStep = client.handleDatagram(datagram, nowNanos);
      send(true, clientStep.datagrams());
    }
  }

  void closeClient() {
    clientStep = client.close(nowNanos);
    send(true, clientStep.datagrams());
  }

  void closeServer() {
    serverStep = server.close(nowNanos);
    send(false, serverStep.datagrams());
  }

  private void send(boolean toServer, List<byte[]> datagrams) {
    for (byte[] datagram : datagrams) {
      List<byte[]> pieces =
          network.fragment() == 0
              ? List.of(datagram)
              : Records.refragment(datagram, network.fragment());
      for (byte[] piece : pieces) {
        int copies = random.nextDouble() < network.duplication() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
          send(toServer, piece);
        }
      }
    }
  }

  private void send(boolean toServer, byte[] datagram) {
    long delay = network.maxDelayNanos() == 0 ? 0 : random.nextLong(network.maxDelayNanos());
    var delivery = new Delivery(nowNanos + delay, order++, toServer, datagram);
    sent.add(delivery);
    if (random.nextDouble() >= network.loss() && !drop.test(delivery)) {
      underWay.add(delivery);
    }
  }

  DtlsState clientState() {
    return clientStep.state();
  }

  DtlsState serverState() {
    return serverStep.state();
  }

  DtlsState.Connected clientConnected() {
    return (DtlsState.Connected) clientState();
  }

  DtlsState.Connected serverConnected() {
    return (DtlsState.Connected) serverState();
  }

  boolean isConnected() {
    return clientState() instanceof DtlsState.Connected
        && serverState() instanceof DtlsState.Connected;
  }

  /// Everything that was handed to the network, lost or not.
  List<Delivery> sent() {
    return sent;
  }

  List<byte[]> sentByServer() {
    return sent.stream().filter(d -> !d.toServer()).map(Delivery::datagram).toList();
  }

  List<byte[]> sentByClient() {
    return sent.stream().filter(Delivery::toServer).map(Delivery::datagram).toList();
  }

  DtlsAssociation client() {
    return client;
  }

  DtlsAssociation server() {
    return server;
  }

  long nowNanos() {
    return nowNanos;
  }

  void end() {
    client.abandon();
    server.abandon();
  }
}
