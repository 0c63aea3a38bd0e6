package io.wishbone.signaling.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  private static final Networks TRUSTED = Networks.parse(List.of("10.0.0.0/8", "2001:db8:f::/48"));

  @ParameterizedTest(name = "from {0}, forwarded for {1}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "203.0.113.1 | -                              | 203.0.113.1",
        "203.0.113.1 | 198.51.100.1                   | 203.0.113.1",
        "10.0.0.1    | -                              | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1                   | 198.51.100.1",
        "10.0.0.1    | 192.0.2.66, 198.51.100.1       | 198.51.100.1",
        "10.0.0.1    | 192.0.2.66,198.51.100.1,10.9.9.9 | 198.51.100.1",
        "10.0.0.1    | 10.1.1.1, 10.2.2.2             | 10.1.1.1",
        "10.0.0.1    | 198.51.100.1:4711              | 198.51.100.1",
        "10.0.0.1    | [2001:db8::1]:4711             | 2001:db8::1",
        "10.0.0.1    | 2001:db8::1                    | 2001:db8::1",
        "10.0.0.1    | ::ffff:198.51.100.1            | 198.51.100.1",
        "10.0.0.1    | unknown                        | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1, unknown          | 10.0.0.1",
        "10.0.0.1    | localhost                      | 10.0.0.1",
        "10.0.0.1    | 999.1.1.1                      | 10.0.0.1",
        "2001:db8:f::1 | 198.51.100.1                 | 198.51.100.1",
        "2001:db8:e::1 | 198.51.100.1                 | 2001:db8:e::1",
      })
  void isWhoTheLastTrustedProxySaw(String peer, @Nullable String forwarded, String client) {
    var address =
        ClientAddress.of(
            InetAddress.ofLiteral(peer),
            forwarded == null ? List.of() : List.of(forwarded),
            TRUSTED);
    assertThat(address.address()).isEqualTo(InetAddress.ofLiteral(client));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 31, 32, 33, 500, 5000})
  void isNotFooledByHoweverManyEntriesTheClientMadeUp(int entries) {
    var address =
        ClientAddress.of(
            InetAddress.ofLiteral("10.0.0.1"),
            List.of("127.0.0.1,".repeat(entries) + " 198.51.100.1"),
            TRUSTED);
    assertThat(address.address()).isEqualTo(InetAddress.ofLiteral("198.51.100.1"));
  }

  @Test
  void isThisMachineOnlyWhenNothingCameThroughATrustedProxy() {
    Networks local = Networks.parse(List.of("127.0.0.0/8"));
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    assertThat(ClientAddress.of(loopback, List.of(), local).isThisMachine()).isTrue();
    assertThat(ClientAddress.of(loopback, List.of("junk"), local).isThisMachine()).isFalse();
    assertThat(ClientAddress.of(loopback, List.of("127.0.0.1"), local).isThisMachine()).isFalse();
    assertThat(ClientAddress.of(loopback, List.of("junk"), TRUSTED).isThisMachine()).isTrue();
  }

  @Test
  void readsSeveralLinesAsOne() {
    var address =
        ClientAddress.of(
            InetAddress.ofLiteral("10.0.0.1"), List.of("192.0.2.66", "198.51.100.1"), TRUSTED);
    assertThat(address.address()).isEqualTo(InetAddress.ofLiteral("198.51.100.1"));
  }

  @Test
  void countsAnIpv6NetworkAsOne() {
    assertThat(key("2001:db8::1")).isEqualTo(key("2001:db8::ffff:ffff:ffff:ffff"));
    assertThat(key("2001:db8::1")).isNotEqualTo(key("2001:db8:0:1::1"));
    assertThat(key("192.0.2.1")).isNotEqualTo(key("192.0.2.2"));
    assertThat(key("::ffff:192.0.2.1")).isEqualTo(key("192.0.2.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0.0/-1", "proxy.example.org", "::/129", "10.0.0.0/x"})
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Networks.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesBits() {
    Networks networks = Networks.parse(List.of("192.0.2.64/27", "0.0.0.0/32"));
    assertThat(networks.contain(InetAddress.ofLiteral("192.0.2.95"))).isTrue();
    assertThat(networks.contain(InetAddress.ofLiteral("192.0.2.96"))).isFalse();
    assertThat(networks.contain(InetAddress.ofLiteral("192.0.2.63"))).isFalse();
    assertThat(Networks.parse(List.of("::/0")).contain(InetAddress.ofLiteral("2001:db8::1")))
        .isTrue();
  }

  private static long key(String address) {
    return new ClientAddress(InetAddress.ofLiteral(address), true).key();
  }
}
