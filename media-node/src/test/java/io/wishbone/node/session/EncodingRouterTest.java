package io.wishbone.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.negotiation.OfferedFormat;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.FormatParameters;
import io.wishbone.webrtc.sdp.RtpMap;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncodingRouterTest {
  private static final int MID = 4;
  private static final int RID = 10;
  private static final int REPAIRED_RID = 11;

  private final PacketMemory memory = new PacketMemory(1 << 20);
  private final MediaDrops drops = new MediaDrops();
  private long now = 1_000_000_000L;

  private static NegotiatedTrack track(
      String mid, Codec codec, int payloadType, @Nullable Integer rtx, String... rids) {
    var format =
        new OfferedFormat(
            codec,
            new RtpMap(payloadType, codec.encodingName(), codec.clockRate(), 1),
            FormatParameters.NONE,
            rtx == null ? null : new RtpMap(rtx, "rtx", codec.clockRate(), 1));
    return new NegotiatedTrack(
        mid,
        format,
        Set.of(),
        Map.of(
            HeaderExtensionUris.MID, MID,
            HeaderExtensionUris.RID, RID,
            HeaderExtensionUris.REPAIRED_RID, REPAIRED_RID),
        List.of(rids));
  }

  private EncodingRouter router(NegotiatedTrack... negotiated) {
    List<Track> tracks =
        List.of(negotiated).stream()
            .map(each ->
                new Track(each.codec(), each.parameters(), Map.of(), memory, HistoryLimits.VIDEO))
            .toList();
    return new EncodingRouter(List.of(negotiated), tracks, drops, 1);
  }

  private @Nullable IncomingEncoding route(
      EncodingRouter router,
      int payloadType,
      long ssrc,
      @Nullable String mid,
      @Nullable String rid) {
    return router.route(packet(payloadType, ssrc, mid, rid), now);
  }

  private static RtpPacket packet(
      int payloadType, long ssrc, @Nullable String mid, @Nullable String rid) {
    ByteBuffer buffer = ByteBuffer.allocate(200);
    var header = new RtpHeaderWriter().start(false, payloadType, 1, 1, ssrc);
    if (mid != null) {
      header.extension(MID, mid.getBytes(StandardCharsets.UTF_8));
    }
    if (rid != null) {
      header.extension(RID, rid.getBytes(StandardCharsets.UTF_8));
    }
    var packet = new RtpPacket();
    assertThat(packet.wrap(buffer, 0, header.write(buffer, 0))).isTrue();
    return packet;
  }

  private static String midOf(@Nullable IncomingEncoding encoding) {
    assertThat(encoding).isNotNull();
    return String.valueOf(encoding.negotiated().mid());
  }

  @Test
  void goesByThePayloadTypeWhenThePacketNamesNoSection() {
    EncodingRouter router =
        router(track("0", Codec.OPUS, 111, null), track("1", Codec.H264, 96, null));

    assertThat(midOf(route(router, 96, 1, null, null))).isEqualTo("1");
    assertThat(midOf(route(router, 111, 2, null, null))).isEqualTo("0");
    assertThat(route(router, 99, 3, null, null)).isNull();
    assertThat(drops.of(MediaDropReason.UNKNOWN_PAYLOAD_TYPE)).isEqualTo(1);
  }

  @Test
  void goesByTheNamedSectionBeforeThePayloadType() {
    EncodingRouter router =
        router(track("0", Codec.PCMU, 0, null), track("1", Codec.PCMA, 0, null));

    assertThat(midOf(route(router, 0, 1, "1", null))).isEqualTo("1");
    assertThat(midOf(route(router, 0, 2, "0", null))).isEqualTo("0");
    assertThat(route(router, 0, 3, "7", null)).isNull();
  }

  @Test
  void remembersTheEncodingWhenThePacketsStopNamingIt() {
    EncodingRouter router = router(track("1", Codec.VP8, 96, 97, "h", "l"));

    assertThat(route(router, 96, 1, "1", null)).isNull();
    IncomingEncoding high = route(router, 96, 1, "1", "h");
    IncomingEncoding low = route(router, 96, 2, "1", "l");

    assertThat(high).isNotNull().isNotEqualTo(low);
    assertThat(high.encoding().rid()).isEqualTo("h");
    assertThat(route(router, 96, 1, null, null)).isSameAs(high);
    assertThat(route(router, 96, 3, "1", "x")).isNull();
    assertThat(drops.of(MediaDropReason.UNKNOWN_ENCODING)).isEqualTo(2);
  }

  @Test
  void learnsAnewWhenAPacketOfAKnownSourceNamesAnotherSection() {
    EncodingRouter router =
        router(track("0", Codec.PCMU, 0, null), track("1", Codec.PCMA, 0, null));
    assertThat(midOf(route(router, 0, 1, null, null))).isEqualTo("0");

    assertThat(midOf(route(router, 0, 1, "1", null))).isEqualTo("1");
    assertThat(midOf(route(router, 0, 1, null, null))).isEqualTo("1");
    assertThat(router.known()).hasSize(1);
    assertThat(route(router, 0, 1, "7", null)).isNull();
  }

  @Test
  void allocatesNothingForPacketsThatItKnowsOrDrops() {
    EncodingRouter router = router(track("1", Codec.VP8, 96, 97, "h"));
    RtpPacket media = packet(96, 1, "1", "h");
    RtpPacket probe = packet(97, 9, "1", "h");
    for (int i = 0; i < 20_000; i++) {
      router.route(media, now);
      router.route(probe, now);
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      router.route(media, now);
      router.route(probe, now);
    }

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(drops.of(MediaDropReason.RETRANSMISSION)).isEqualTo(30_000);
  }

  @Test
  void findsTheEncodingThatARetransmissionRepairs() {
    EncodingRouter router = router(track("1", Codec.VP8, 96, 97, "h", "l"));
    IncomingEncoding high = route(router, 96, 1, "1", "h");
    IncomingEncoding low = route(router, 96, 2, "1", "l");

    assertThat(router.route(retransmission(97, 11, "h"), now)).isSameAs(high);
    assertThat(router.route(retransmission(97, 12, "l"), now)).isSameAs(low);
    assertThat(router.route(retransmission(97, 12, null), now)).isSameAs(low);
    assertThat(router.route(retransmission(97, 13, null), now)).isNull();
    assertThat(router.route(retransmission(97, 13, "x"), now)).isNull();
  }

  private static RtpPacket retransmission(int payloadType, long ssrc, @Nullable String rid) {
    ByteBuffer buffer = ByteBuffer.allocate(200);
    var header = new RtpHeaderWriter().start(false, payloadType, 1, 1, ssrc);
    if (rid != null) {
      header.extension(REPAIRED_RID, rid.getBytes(StandardCharsets.UTF_8));
    }
    var packet = new RtpPacket();
    assertThat(packet.wrap(buffer, 0, header.write(buffer, 0))).isTrue();
    return packet;
  }

  @Test
  void takesARetransmissionForThatOfTheOnlyEncoding() {
    EncodingRouter router = router(track("1", Codec.VP8, 96, 97));
    IncomingEncoding only = route(router, 96, 1, "1", null);

    assertThat(route(router, 97, 9, "1", null)).isSameAs(only);
    assertThat(router.known()).hasSize(1);
  }

  @Test
  void tellsRetransmissionsApart() {
    EncodingRouter router = router(track("1", Codec.VP8, 96, 97));

    assertThat(route(router, 97, 9, "1", null)).isNull();
    assertThat(drops.of(MediaDropReason.RETRANSMISSION)).isEqualTo(1);
  }

  @Test
  void remembersABoundedNumberOfSources() {
    EncodingRouter router = router(track("1", Codec.VP8, 96, null));
    for (int ssrc = 1; ssrc <= 16; ssrc++) {
      assertThat(route(router, 96, ssrc, null, null)).isNotNull();
    }

    assertThat(route(router, 96, 17, null, null)).isNull();
    assertThat(drops.of(MediaDropReason.TOO_MANY_SOURCES)).isEqualTo(1);
    now += 6_000_000_000L;
    assertThat(route(router, 96, 17, null, null)).isNotNull();
    assertThat(router.known()).hasSize(1);
  }
}
