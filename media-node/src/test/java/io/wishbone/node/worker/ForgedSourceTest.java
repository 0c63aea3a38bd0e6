package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.session.MediaDropReason;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPeer;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Whoever has a session can make checks that are authentic for it, and send them from any address.
class ForgedSourceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(12);
  private final SimNode node = new SimNode(network);

  /// The next connectivity check that the peer sends.
  private byte[] check(SimPeer peer) {
    var check = new AtomicReference<byte[]>();
    peer.socket()
        .loseNext(datagram -> {
          boolean request = datagram[0] == 0 && datagram[1] == 1;
          if (request) {
            check.set(datagram);
          }
          return request;
        });
    assertThat(network.runUntil(() -> check.get() != null, SECOND.multipliedBy(10))).isTrue();
    return check.get();
  }

  @Test
  void doNotTakeAnAddressFromASessionThatIsHeardThere() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    node.publish("publisher", publisher);
    SimViewer viewer = SimViewer.open(network, "10.1.0.1");
    node.view("viewer", viewer);
    SimPublisher attacker = SimPublisher.vp8(network, "10.2.0.1");
    node.join("attacker", "other", SessionRole.PUBLISHER, attacker);
    network.run(SECOND.multipliedBy(2));

    network.inject(publisher.socket().address(), node.socket(), check(attacker));
    network.inject(viewer.socket().address(), node.socket(), check(attacker));
    network.run(SECOND.multipliedBy(20));

    assertThat(node.ended()).isEmpty();
    assertThat(node.worker().drops().of(MediaDropReason.SOURCE_TAKEN)).isEqualTo(2);
    for (MediaKind kind : new MediaKind[] {MediaKind.AUDIO, MediaKind.VIDEO}) {
      assertThat(viewer.packets(kind).getLast().atNanos())
          .isGreaterThan(network.now() - SECOND.toNanos() / 10);
    }
  }

  /// As when a program that was killed starts again on its old port.
  @Test
  void getTheAddressOfASessionThatIsSilentForSeconds() {
    SimPublisher vanished = SimPublisher.vp8(network, "10.0.0.1");
    node.publish("vanished", vanished);
    SimPublisher next = SimPublisher.vp8(network, "10.2.0.1");
    node.join("next", "other", SessionRole.PUBLISHER, next);
    network.run(SECOND.multipliedBy(2));
    InetSocketAddress address = vanished.socket().address();
    byte[] check = check(next);
    vanished.vanish();
    network.run(SECOND);

    network.inject(address, node.socket(), check);
    network.run(SECOND.dividedBy(10));
    assertThat(node.worker().drops().of(MediaDropReason.SOURCE_TAKEN)).isEqualTo(1);

    network.run(SECOND.multipliedBy(2));
    network.inject(address, node.socket(), check(next));
    network.run(SECOND.dividedBy(10));
    assertThat(node.worker().drops().of(MediaDropReason.SOURCE_TAKEN)).isEqualTo(1);
    assertThat(node.ended()).as("the old one is not missed yet").isEmpty();
  }

  @Test
  void doNotKeepAnAddressFromTheOneWhoConnectsThere() {
    SimPublisher attacker = SimPublisher.vp8(network, "10.2.0.1");
    node.join("attacker", "other", SessionRole.PUBLISHER, attacker);
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    network.inject(publisher.socket().address(), node.socket(), check(attacker));
    network.run(SECOND);

    node.publish("publisher", publisher);

    assertThat(network.runUntil(publisher::isConnected, SECOND)).isTrue();
  }
}
