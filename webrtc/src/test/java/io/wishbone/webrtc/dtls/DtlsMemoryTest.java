package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.dtls.SimulatedHandshake.Network;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Measures what associations hold on the heap, parked virtual threads included.
class DtlsMemoryTest {

  private static final int HALF_OPEN = 1000;
  private static final int UNDER_ATTACK = 200;
  private static final int CONNECTED = 250;
  private static final long KIBIBYTE = 1024;

  @BeforeAll
  static void loadClasses() {
    new SimulatedHandshake(Network.PERFECT, 1).run().closeClient();
  }

  @Test
  void halfOpenServersHoldAtMost64KibibytesEach() {
    var servers = new ArrayList<DtlsAssociation>();
    long before = heap();

    for (int i = 0; i < HALF_OPEN; i++) {
      var server = SimulatedHandshake.newServer();
      Hellos.CHROMIUM.firstFlight().forEach(datagram -> server.handleDatagram(datagram, 0));
      servers.add(server);
    }

    long each = (heap() - before) / HALF_OPEN;
    report("half-open server, hello of Chromium answered", each);
    assertThat(each).isBetween(KIBIBYTE, 64 * KIBIBYTE);
    servers.forEach(DtlsAssociation::abandon);
  }

  /// Everything that the filter lets through, in the form that costs most: messages that never
  /// become complete, of as many separate ranges as there may be fragments.
  @Test
  void hostilePeersDoNotGetMore() {
    var servers = new ArrayList<DtlsAssociation>();
    List<byte[]> attack =
        Stream.concat(Hellos.CHROMIUM.firstFlight().stream(), dottedCertificates()).toList();
    long before = heap();

    for (int i = 0; i < UNDER_ATTACK; i++) {
      var server = SimulatedHandshake.newServer();
      attack.forEach(datagram -> server.handleDatagram(datagram, 0));
      servers.add(server);
    }

    long each = (heap() - before) / UNDER_ATTACK;
    report("half-open server under attack", each);
    assertThat(each).isBetween(18 * KIBIBYTE, 64 * KIBIBYTE);
    servers.forEach(DtlsAssociation::abandon);
  }

  private static Stream<byte[]> dottedCertificates() {
    return IntStream.range(0, DtlsFilter.MAX_FRAGMENTS)
        .mapToObj(i -> {
          byte[] fragment = Records.fragment(11, 9_400, 1 + i % 2, 2 * i + 1, 1);
          return Records.record(DtlsRecord.HANDSHAKE, DtlsRecord.VERSION_1_2, 0, 100 + i, fragment);
        });
  }

  @Test
  void connectedAssociationsAreSmall() {
    var handshakes = new ArrayList<SimulatedHandshake>();
    var servers = new ArrayList<DtlsAssociation>();
    var clients = new ArrayList<DtlsAssociation>();
    for (int i = 0; i < CONNECTED; i++) {
      handshakes.add(new SimulatedHandshake(Network.PERFECT, i).run());
      servers.add(handshakes.getLast().server());
      clients.add(handshakes.getLast().client());
    }
    handshakes.clear();
    long all = heap();
    clients.clear();
    long withoutClients = heap();
    servers.clear();
    long none = heap();

    report("connected client", (all - withoutClients) / CONNECTED);
    report("connected server", (withoutClients - none) / CONNECTED);
    assertThat((all - none) / 2 / CONNECTED).isBetween(KIBIBYTE, 32 * KIBIBYTE);
  }

  /// CVE-2026-59646: one record of sixteen headers, each of a message of 16 MiB.
  @Test
  void aDatagramOf205BytesHoldsNoMemory() {
    byte[] bomb =
        Records.handshakeRecord(
            IntStream.range(0, 16)
                .mapToObj(sequence -> Records.fragment(1, 0xffffff, sequence, 0, 0))
                .toArray(byte[][]::new));
    assertThat(bomb).hasSize(205);
    var server = SimulatedHandshake.newServer();
    long before = heap();

    DtlsStep step = server.handleDatagram(bomb, 0);

    assertThat(heap() - before).isLessThan(64 * KIBIBYTE);
    assertThat(step.datagrams()).isEmpty();
    assertThat(new DtlsFilter().admits(ByteBuffer.wrap(bomb), 0, bomb.length)).isFalse();
    server.abandon();
  }

  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void report(String what, long bytes) {
    System.out.printf("DTLS memory: %s: %.1f KiB%n", what, bytes / 1024.0);
  }
}
