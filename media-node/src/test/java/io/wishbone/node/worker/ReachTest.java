package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

  private static IceCandidate candidate(String address) {
    return new IceCandidate("1", 1, "udp", 2130706431L, address, 9400, "host");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, MACHINE",
    "::1, MACHINE",
    "5e4b9f6c-0d1f-4c5e-9f5a-3d2f1e0c9b8a.local, MACHINE",
    "10.0.0.1, SITE",
    "172.17.0.2, SITE",
    "172.31.255.255, SITE",
    "192.168.1.5, SITE",
    "169.254.3.4, SITE",
    "100.64.0.1, SITE",
    "100.127.255.255, SITE",
    "fd12:3456::1, SITE",
    "fe80::1, SITE",
    "172.32.0.1, ANYWHERE",
    "100.128.0.1, ANYWHERE",
    "203.0.113.9, ANYWHERE",
    "2001:db8::1, ANYWHERE"
  })
  void knowsHowFarAnAddressIsReached(String address, Reach reach) {
    assertThat(Reach.of(List.of(candidate("127.0.0.1"), candidate(address)))).isEqualTo(reach);
  }

  private static Reach peer(String hostAddress, @Nullable String seen) throws SdpParseException {
    String offer = SimPublisher.vp8(new SimNetwork(1), "10.0.0.1").offer();
    String candidate = "a=candidate:1 1 udp 2130706431 %s 9 typ host\r\n".formatted(hostAddress);
    return Reach.ofPeer(SessionDescription.parse(offer + candidate), seen);
  }

  @Test
  void goesByWhereAPeerIsSeenMoreThanByWhatItOffers() throws SdpParseException {
    assertThat(peer("10.0.0.1", null)).isEqualTo(Reach.SITE);
    assertThat(peer("203.0.113.9", null)).isEqualTo(Reach.SITE);
    assertThat(peer("10.0.0.1", "203.0.113.9")).isEqualTo(Reach.ANYWHERE);
    assertThat(peer("10.0.0.1", "127.0.0.1")).isEqualTo(Reach.SITE);
    assertThat(peer("127.0.0.1", "127.0.0.1")).isEqualTo(Reach.MACHINE);
    assertThat(peer("127.0.0.1", "no address")).isEqualTo(Reach.MACHINE);
  }
}
