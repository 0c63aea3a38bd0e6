package io.wishbone.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.webrtc.sdp.IceCandidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostCandidatesTest {

  private static InetSocketAddress bound(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 9401);
  }

  @Test
  void nameTheAddressThatTheSocketIsBoundTo() {
    assertThat(HostCandidates.of(bound("127.0.0.1"), List.of(), 1, true))
        .containsExactly(new IceCandidate("1", 1, "udp", 2130706431L, "127.0.0.1", 9401, "host"));
  }

  @Test
  void nameIpv4OnlyWhenTheSocketTakesNothingElse() {
    List<IceCandidate> candidates = HostCandidates.of(bound("0.0.0.0"), List.of(), 0, false);

    assertThat(candidates).isNotEmpty();
    assertThat(candidates)
        .allSatisfy(candidate -> assertThat(candidate.address()).doesNotContain(":", "0.0.0.0"));
  }

  @Test
  void nameTheLoopbackAddressOnceAndOnlyWhereClientsAreOnThisMachine() {
    List<IceCandidate> here = HostCandidates.of(bound("0.0.0.0"), List.of(), 0, true);

    assertThat(here).extracting(IceCandidate::address).containsOnlyOnce("127.0.0.1");
    assertThat(here.getFirst().address()).doesNotContain(":");
    assertThat(here)
        .extracting(IceCandidate::priority)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @ParameterizedTest(name = "{0} and the loopback address: {1}")
  @CsvSource({
    "192.0.2.1, 192.0.2.1 127.0.0.1",
    "192.0.2.1 2001:db8::1, 192.0.2.1 2001:db8::1 127.0.0.1",
    "2001:db8::1, 127.0.0.1 2001:db8::1",
    "127.0.0.1, 127.0.0.1",
    "192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4, 192.0.2.1 192.0.2.2 127.0.0.1"
  })
  void putTheLoopbackAddressLastUnlessAllOthersAreOfIpv6(String usable, String all) {
    assertThat(LocalAddresses.withLoopback(addresses(usable), 3)).isEqualTo(addresses(all));
  }

  private static List<InetAddress> addresses(String literals) {
    return Arrays.stream(literals.split(" ")).map(InetAddress::ofLiteral).toList();
  }

  @Test
  void beginWithIpv4WhateverIsAdvertisedFirst() {
    List<IceCandidate> candidates =
        HostCandidates.of(
            bound("0.0.0.0"),
            AdvertisedPlace.resolve(
                List.of("[2001:db8::1]", "192.0.2.2", "[2001:db8::2]", "192.0.2.1"), 2),
            0,
            true);

    assertThat(candidates)
        .extracting(IceCandidate::address)
        .containsExactly("192.0.2.2", "192.0.2.1", "2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2");
    assertThat(candidates)
        .extracting(IceCandidate::priority)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void preferTheAdvertisedAddressesInTheirOrder() {
    List<IceCandidate> candidates =
        HostCandidates.of(
            bound("0.0.0.0"),
            AdvertisedPlace.resolve(List.of("192.0.2.1", "[2001:db8::1]:7000"), 2),
            1,
            false);

    assertThat(candidates)
        .extracting(IceCandidate::address)
        .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
    assertThat(candidates).extracting(IceCandidate::port).containsExactly(9401, 7001);
    assertThat(candidates.get(0).priority()).isGreaterThan(candidates.get(1).priority());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:x",
    "192.0.2.1:70000",
    "192.0.2.1:65535",
    "192.0.2.1:0",
    "[::1",
    "[]",
    "no-such-host.invalid",
    "no-such-host.invalid:7000"
  })
  void refuseWhatIsNoAddress(String advertised) {
    assertThatThrownBy(() -> AdvertisedPlace.resolve(List.of(advertised), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wishbone.advertise")
        .hasMessageContaining(advertised);
  }
}
