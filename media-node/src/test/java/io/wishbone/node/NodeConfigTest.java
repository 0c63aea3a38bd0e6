package io.wishbone.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wishbone.webrtc.payload.Codec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {

  private static NodeSettings settings(Map<String, String> properties) {
    NodeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(NodeConfig.class)
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build()
            .getConfigMapping(NodeConfig.class);
    return NodeSettings.of(config);
  }

  @Test
  void takesMediaOnAllAddressesAlsoWhileOnlyThisMachineIsLetIn() {
    NodeSettings settings = settings(Map.of());

    assertThat(settings.host().isAnyLocalAddress()).isTrue();
    assertThat(settings.clientsAreHere()).isTrue();
    assertThat(settings.port()).isEqualTo(9400);
    assertThat(settings.bind(1).getPort()).isEqualTo(9401);
    assertThat(settings.silenceTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.workers()).isBetween(1, 2);
    assertThat(settings.video()).isEmpty();
  }

  @Test
  void listensEverywhereWhenPeopleHaveToProveWhoTheyAre() {
    NodeSettings settings = settings(Map.of("wishbone.auth", "jwt"));

    assertThat(settings.host().isAnyLocalAddress()).isTrue();
    assertThat(settings.clientsAreHere()).isFalse();
  }

  @ParameterizedTest(name = "bound to {0}: media on {1}, clients on this machine {2}")
  @CsvSource({
    "127.0.0.1, 0.0.0.0, true",
    "::1, 0.0.0.0, true",
    "0.0.0.0, 0.0.0.0, false",
    "192.0.2.1, 192.0.2.1, false"
  })
  void takesMediaWhereItIsTold(String bind, String host, boolean clientsAreHere) {
    NodeSettings settings = settings(Map.of("wishbone.auth", "jwt", "wishbone.bind", bind));

    assertThat(settings.host()).isEqualTo(InetAddress.ofLiteral(host));
    assertThat(settings.clientsAreHere()).isEqualTo(clientsAreHere);
  }

  @Test
  void readsCodecsByTheirNamesInSmallLetters() {
    NodeSettings settings =
        settings(
            Map.of(
                "wishbone.codecs.video", "h264,vp8,av1",
                "wishbone.codecs.audio", "opus",
                "wishbone.media-port", "0",
                "wishbone.advertise", "192.0.2.1,[2001:db8::1]:9000",
                "wishbone.session.connect-timeout", "10s"));

    assertThat(settings.video()).containsExactly(Codec.H264, Codec.VP8, Codec.AV1);
    assertThat(settings.audio()).containsExactly(Codec.OPUS);
    assertThat(settings.bind(1).getPort()).isZero();
    assertThat(settings.advertised()).containsExactly("192.0.2.1", "[2001:db8::1]:9000");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
  }
}
