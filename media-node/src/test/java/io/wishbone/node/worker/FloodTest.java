package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPeer;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever knows the media port can send to it as fast as the network carries: sessions are set up
/// all the same, media flows on, and strangers do not get a single byte.
class FloodTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(1);
  private static final int SESSIONS = 40;

  /// What RFC 7983 tells apart by the first byte, and what it does not know.
  private static final int[] FIRST_BYTES = {
    0, 1, 16, 19, 20, 22, 23, 63, 64, 79, 128, 144, 191, 255
  };

  private final SimNetwork network = new SimNetwork(2012);
  private final SimNode node = new SimNode(network);
  private final Random random = new Random(2012);

  /// The next datagram of a kind that the peer sends; it does not arrive.
  private byte[] taken(SimPeer peer, Predicate<byte[]> kind) {
    var taken = new AtomicReference<byte[]>();
    peer.socket()
        .loseNext(datagram -> {
          if (!kind.test(datagram)) {
            return false;
          }
          taken.set(datagram);
          return true;
        });
    assertThat(network.runUntil(() -> taken.get() != null, SECOND.multipliedBy(10))).isTrue();
    return taken.get();
  }

  private InetSocketAddress stranger() {
    return new InetSocketAddress(
        "203.0.113." + random.nextInt(1, 255), random.nextInt(1024, 65_536));
  }

  /// The hello race: whoever is first with a ClientHello gets nothing for it, before a session's
  /// own peer connects, while it does, and after.
  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000})
  void connectsEverybodyWhileStrangersSendHellos(int hellosPerSecond) {
    SimPublisher other = SimPublisher.vp8(network, "10.9.0.1");
    node.join("other", "other", SessionRole.PUBLISHER, other);
    byte[] hello = taken(other, datagram -> datagram[0] == 22);
    network.run(SECOND);
    node.publish();
    List<SimViewer> viewers = new ArrayList<>();
    long lost = network.lost();

    for (int session = 0; session < SESSIONS; session++) {
      viewers.add(node.view(session));
      for (int step = 0; step < 50; step++) {
        for (int i = 0; i < hellosPerSecond / 1_000; i++) {
          network.inject(stranger(), node.socket(), hello);
        }
        network.run(STEP);
      }
    }

    assertThat(network.runUntil(() -> viewers.stream().allMatch(SimPeer::isConnected), SECOND))
        .isTrue();
    assertThat(node.ended()).isEmpty();
    assertThat(network.lost()).as("datagrams to strangers").isEqualTo(lost);
  }

  @Test
  void mediaFlowsOnThroughJunkFromStrangersAndFromAPeersAddress() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(2));
    int before = viewer.packets(MediaKind.AUDIO).size();
    long lost = network.lost();

    for (int step = 0; step < 3_000; step++) {
      for (int i = 0; i < 10; i++) {
        boolean inside = i % 2 == 0;
        network.inject(inside ? publisher.socket().address() : stranger(), node.socket(), junk());
      }
      network.run(STEP);
    }

    assertThat(node.ended()).isEmpty();
    assertThat(viewer.packets(MediaKind.AUDIO).size() - before).as("of 150").isBetween(145, 155);
    assertThat(network.lost()).as("datagrams to strangers").isEqualTo(lost);
  }

  private byte[] junk() {
    byte[] junk = new byte[random.nextInt(1, 1_400)];
    random.nextBytes(junk);
    junk[0] = (byte) FIRST_BYTES[random.nextInt(FIRST_BYTES.length)];
    return junk;
  }

  /// From the very address of the publisher: packets with a wrong tag, and packets sent again.
  @Test
  void aSessionOutlivesForgedAndRepeatedPackets() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(2));
    byte[] real =
        taken(publisher, datagram -> (datagram[0] & 0xc0) == 0x80 && datagram.length > 100);
    publisher.socket().attach(null);
    network.inject(publisher.socket().address(), node.socket(), real);
    network.run(SECOND.dividedBy(2));
    int forwarded = viewer.packets().size();

    for (int i = 0; i < 100_000; i++) {
      byte[] packet = real.clone();
      if (i % 2 == 0) {
        packet[packet.length - 1 - random.nextInt(10)] ^= (byte) (1 << random.nextInt(8));
      }
      network.inject(publisher.socket().address(), node.socket(), packet);
      if (i % 100 == 0) {
        network.run(Duration.ofMillis(3));
      }
    }

    assertThat(viewer.packets()).as("nothing of it was forwarded").hasSize(forwarded);
    assertThat(node.ended()).isEmpty();
    publisher.socket().attach(publisher);
    network.run(SECOND.multipliedBy(2));
    assertThat(viewer.packets(MediaKind.AUDIO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos() / 10);
  }
}
