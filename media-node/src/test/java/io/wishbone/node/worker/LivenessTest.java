package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimEndpoint;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.transport.PacketProtocol;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// An ICE-lite agent sends no checks of its own and gets no answers: what a peer sends of its own
/// accord is its life, whether checks (RFC 7675) or media. FFmpeg sends no checks at all once it is
/// connected; a camera that is paused sends nothing else.
class LivenessTest {
  /// After thirty seconds without answers to its checks, the simulated peer itself gives up.
  private static final Duration MUCH_LONGER_THAN_SILENCE = Duration.ofSeconds(25);

  private final SimNetwork network = new SimNetwork(7675);
  private final SimNode node = new SimNode(network);

  /// Lets through from the publisher only what `passes`.
  private void filter(SimPublisher publisher, Predicate<PacketProtocol> passes) {
    node.socket()
        .attach(
            new SimEndpoint() {
              @Override
              public void handleDatagram(
                  ByteBuffer buffer, int offset, int length, InetSocketAddress source, long now) {
                boolean isPublisher = source.equals(publisher.socket().address());
                if (!isPublisher || passes.test(PacketProtocol.of(buffer, offset, length))) {
                  node.handleDatagram(buffer, offset, length, source, now);
                }
              }

              @Override
              public long nextTimeoutNanos() {
                return node.nextTimeoutNanos();
              }

              @Override
              public void handleTimeout(long now) {
                node.handleTimeout(now);
              }
            });
  }

  private SimPublisher connected() {
    SimPublisher publisher = node.publish();
    network.run(Duration.ofSeconds(2));
    assertThat(publisher.isConnected()).isTrue();
    return publisher;
  }

  @Test
  void mediaAloneIsLife() {
    filter(connected(), protocol -> protocol != PacketProtocol.STUN);
    network.run(MUCH_LONGER_THAN_SILENCE);
    assertThat(node.ended()).isEmpty();
  }

  @Test
  void checksAloneAreLife() {
    filter(connected(), protocol -> protocol == PacketProtocol.STUN);
    network.run(MUCH_LONGER_THAN_SILENCE);
    assertThat(node.ended()).isEmpty();
  }

  /// The latest check is longer ago than the silence that ends a session, but the handshake is not.
  @Test
  void aLateHandshakeIsLife() {
    long checked = network.now() + Duration.ofMillis(500).toNanos();
    long late = network.now() + Duration.ofSeconds(9).toNanos();
    SimPublisher publisher = node.publish();
    filter(
        publisher,
        protocol ->
            protocol == PacketProtocol.STUN ? network.now() < checked : network.now() > late);
    network.run(Duration.ofSeconds(12));
    assertThat(publisher.isConnected()).isTrue();
    assertThat(publisher.connectedAtNanos()).isGreaterThan(late);
    assertThat(node.ended()).isEmpty();
  }

  @Test
  void nothingAtAllIsNone() {
    filter(connected(), _ -> false);
    network.run(MUCH_LONGER_THAN_SILENCE);
    assertThat(node.ended())
        .singleElement()
        .satisfies(end -> assertThat(end.reason()).isEqualTo(EndReason.SILENT));
  }
}
