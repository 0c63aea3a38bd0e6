package io.wishbone.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wishbone.webrtc.payload.Codec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
  void listensOnThisMachineOnlyWhileEverybodyIsLetIn() {
    NodeSettings settings = settings(Map.of());

    assertThat(settings.host().isLoopbackAddress()).isTrue();
    assertThat(settings.port()).isEqualTo(9400);
    assertThat(settings.bind(1).getPort()).isEqualTo(9401);
    assertThat(settings.silenceTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.workers()).isBetween(1, 2);
    assertThat(settings.video()).isEmpty();
  }

  @Test
  void listensEverywhereWhenPeopleHaveToProveWhoTheyAre() {
    assertThat(settings(Map.of("wishbone.auth", "jwt")).host().isAnyLocalAddress()).isTrue();
    assertThat(settings(Map.of("wishbone.auth", "jwt", "wishbone.bind", "::1")).host())
        .hasToString("/0:0:0:0:0:0:0:1");
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
