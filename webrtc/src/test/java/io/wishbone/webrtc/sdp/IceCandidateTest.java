package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceCandidateTest {

  @Test
  void readsTheRelatedAddressAndWhatFollows() {
    String text =
        "842163049 1 udp 1677729535 203.0.113.7 62793 typ srflx raddr 10.0.0.1 rport 5000"
            + " generation 0 network-cost 999";
    IceCandidate candidate = IceCandidate.parse(text);

    assertThat(candidate)
        .isEqualTo(
            new IceCandidate(
                "842163049",
                1,
                "udp",
                1677729535L,
                "203.0.113.7",
                62793,
                "srflx",
                "10.0.0.1",
                5000,
                List.of(
                    new IceCandidate.Extension("generation", "0"),
                    new IceCandidate.Extension("network-cost", "999"))));
    assertThat(candidate.write()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 1 udp 4294967295 192.0.2.1 65535 typ host",
        "1 0 UDP 0 2001:db8::1 0 typ relay",
        "1 999 ssltcp 1 name.local 9 typ unheard-of"
      })
  void survivesTheEdges(String text) {
    assertThat(IceCandidate.parse(text).write()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate:candidate:1 1 udp 1 192.0.2.1 1 typ host",
        "",
        "1",
        "1 1 udp 1 192.0.2.1 5 host",
        "1 1 udp 1 192.0.2.1 5 typ",
        "1 1 udp 4294967296 192.0.2.1 5 typ host",
        "1 1000 udp 1 192.0.2.1 5 typ host",
        "1 -1 udp 1 192.0.2.1 5 typ host",
        "1 1 udp 1 192.0.2.1 65536 typ host",
        "1 1 udp 1 192.0.2.1 99999999999999999999 typ host",
        "1 1 udp 1 192.0.2.1 5 typ host rport 65536",
        "1 1 u/p 1 192.0.2.1 5 typ host"
      })
  void refusesWhatIsNoCandidate(String text) {
    assertThatThrownBy(() -> IceCandidate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsAddressesWrittenInDigits() {
    assertThat(at("192.0.2.1").socketAddress()).isEqualTo(resolved("192.0.2.1"));
    assertThat(at("2001:db8::1").socketAddress()).isEqualTo(resolved("2001:db8::1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3f7ef32f-ef8f-4e2a-a8c1-22b7be865eb1.local",
        "example.org",
        "localhost",
        "1.2.3",
        "1234",
        "1.2.3.256",
        "1.2.3.",
        "...",
        "fe80::1%lo",
        "::1::",
        "a:b"
      })
  void neverLooksANameUp(String address) {
    assertThat(at(address).socketAddress()).isNull();
  }

  private static IceCandidate at(String address) {
    return new IceCandidate("1", 1, "udp", 1, address, 5, "host");
  }

  private static InetSocketAddress resolved(String digits) {
    return new InetSocketAddress(InetAddress.ofLiteral(digits), 5);
  }
}
