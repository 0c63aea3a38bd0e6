package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Viewers whose offer has none of the stream's codecs, and who take an offer of ours instead.
class CounterOfferTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration VALIDITY = SECOND.multipliedBy(30);
  private static final OfferedMedia OPUS =
      new OfferedMedia(
          MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 111, "minptime=10;useinbandfec=1"));
  private static final OfferedMedia VP8 =
      new OfferedMedia(MediaKind.VIDEO, new OfferedCodec(Codec.VP8, 96));

  private final SimNetwork network = new SimNetwork(31);
  private final SimNode node = new SimNode(network);
  private int hosts;

  @BeforeEach
  void publish() {
    node.publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    network.run(SECOND);
  }

  private String nextHost() {
    return "10.1.0." + ++hosts;
  }

  /// What nothing of the stream fits.
  private String offerOfOthers(MediaKind... kinds) {
    List<OfferedCodec> codecs =
        List.of(new OfferedCodec(Codec.PCMU, 0), new OfferedCodec(Codec.H264, 126));
    if (kinds.length == 1) {
      return SimViewer.only(network, nextHost(), kinds[0], codecs.get(kinds[0].ordinal())).offer();
    }
    return SimViewer.of(network, nextHost(), codecs.get(0), codecs.get(1)).offer();
  }

  private String counterOffer(MediaKind... kinds) {
    OpenResult result = node.view("viewer", offerOfOthers(kinds), VALIDITY);
    assertThat(result).isInstanceOf(OpenResult.CounterOffered.class);
    return ((OpenResult.CounterOffered) result).offer();
  }

  private static void assertRefused(ChangeResult result, RefusalReason reason, String detail) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ChangeResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.detail()).contains(detail);
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = SetupRole.class,
      names = {"ACTIVE", "PASSIVE"})
  void areAnsweredAndGetSoundAndPicture(SetupRole setup) {
    String offer = counterOffer();
    SimViewer viewer = SimViewer.answering(network, nextHost(), setup, OPUS, VP8);

    assertThat(node.answer("viewer", viewer.offer())).isEqualTo(new ChangeResult.Done());
    viewer.acceptOffer(offer);
    network.run(SECOND.multipliedBy(3));

    assertThat(node.connected()).contains("viewer");
    assertThat(viewer.packets(MediaKind.AUDIO)).hasSizeGreaterThan(100);
    assertThat(viewer.packets(MediaKind.VIDEO)).hasSizeGreaterThan(100);
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 1, 1));
    assertThat(node.reports().getLast().viewers()).isEqualTo(1);
  }

  @Test
  void areCompleteOffers() throws SdpParseException {
    SessionDescription offer = SessionDescription.parse(counterOffer());

    assertThat(offer.iceLite()).isTrue();
    assertThat(offer.bundle()).isNotNull();
    assertThat(offer.bundle().mids()).containsExactly("0", "1");
    assertThat(offer.media()).hasSize(2);
    assertThat(offer.media().getFirst().candidates()).isNotEmpty();
    assertThat(offer.media().getFirst().has("end-of-candidates")).isTrue();
    for (MediaDescription section : offer.media()) {
      assertThat(section.port()).isEqualTo(9);
      assertThat(section.direction()).isEqualTo(Direction.SENDONLY);
      assertThat(section.setup()).isEqualTo(SetupRole.ACTPASS);
      assertThat(section.iceCredentials()).isNotNull();
      assertThat(section.fingerprints()).isNotEmpty();
      assertThat(section.rtcpMux()).isTrue();
      assertThat(section.has("rtcp-mux-only")).isTrue();
      assertThat(section.msid()).isNotNull();
      assertThat(section.msid().stream()).isEqualTo(offer.media().getFirst().msid().stream());
      assertThat(section.ssrcs()).isEmpty();
    }
    assertThat(offer.media().getFirst().rtpMap(111).encodingName()).isEqualTo("opus");
    assertThat(offer.media().getLast().rtpMap(96).encodingName()).isEqualTo("VP8");
  }

  @Test
  void areOfTheKindsThatTheViewerAskedFor() throws SdpParseException {
    SessionDescription offer = SessionDescription.parse(counterOffer(MediaKind.VIDEO));
    assertThat(offer.media())
        .singleElement()
        .extracting(MediaDescription::kind)
        .isEqualTo(MediaKind.VIDEO);

    SimViewer viewer = SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, VP8);
    assertThat(node.answer("viewer", viewer.offer())).isEqualTo(new ChangeResult.Done());
    viewer.acceptOffer(offer.write());
    network.run(SECOND.multipliedBy(2));
    assertThat(viewer.packets(MediaKind.VIDEO)).isNotEmpty();
  }

  @Test
  void areNotMadeToWhoCanBeAnsweredOrWantsNone() {
    SimViewer fitting = SimViewer.open(network, nextHost());
    assertThat(node.view("fits", fitting.offer(), VALIDITY)).isInstanceOf(OpenResult.Opened.class);
    SimViewer half =
        SimViewer.of(
            network,
            nextHost(),
            new OfferedCodec(Codec.OPUS, 109),
            new OfferedCodec(Codec.H264, 9));
    assertThat(node.view("half", half.offer(), VALIDITY)).isInstanceOf(OpenResult.Opened.class);

    assertThat(node.open("strict", "demo", SessionRole.SUBSCRIBER, offerOfOthers()))
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.CODEC_MISMATCH));
  }

  @Test
  void expireAndAreForgotten() {
    counterOffer();
    long offeredAt = network.now();
    String late = SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, OPUS, VP8).offer();

    network.run(VALIDITY.plusSeconds(1));

    assertThat(node.ended())
        .containsExactly(
            new SimNode.Ended("viewer", EndReason.NEVER_CONNECTED, offeredAt + VALIDITY.toNanos()));
    assertRefused(node.answer("viewer", late), RefusalReason.SESSION_UNKNOWN, "no offer");
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 0, 1));
  }

  @Test
  void canBeTakenBack() {
    counterOffer();
    assertThat(node.worker().close("viewer", "deleted", network.now())).isTrue();
    assertThat(node.ended()).extracting(SimNode.Ended::reason).containsExactly(EndReason.CLOSED);
    assertThat(node.worker().close("viewer", "deleted", network.now())).isFalse();
  }

  @Test
  void areTheSameWhenTheRequestComesTwice() {
    String first = counterOffer();
    assertThat(counterOffer()).isEqualTo(first);

    SimViewer viewer = SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, OPUS, VP8);
    assertThat(node.answer("viewer", viewer.offer())).isEqualTo(new ChangeResult.Done());
    assertThat(node.answer("viewer", viewer.offer())).isEqualTo(new ChangeResult.Done());
    assertThat(node.worker().snapshot().subscribers()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=setup:active      | a=setup:actpass   | a=setup
          a=recvonly          | a=sendonly        | does not receive
          a=recvonly          | a=inactive        | does not receive
          a=mid:1             | a=mid:x           | is not the section
          SAVPF 96            | SAVPF 97          | payload type 96
          a=ice-pwd           | a=ice-pass        | a=ice-ufrag
          a=fingerprint       | a=finger          | a=fingerprint
          """)
  void refuseAnswersThatAnswerSomethingElse(String part, String instead, String why) {
    counterOffer();
    String answer = SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, OPUS, VP8).offer();

    assertRefused(
        node.answer("viewer", answer.replace(part, instead)), RefusalReason.MALFORMED_OFFER, why);

    assertThat(node.answer("viewer", answer))
        .as("the right one may follow")
        .isEqualTo(new ChangeResult.Done());
  }

  @Test
  void refuseAnswersWithOtherSections() {
    counterOffer();
    String one = SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, OPUS).offer();
    assertRefused(node.answer("viewer", one), RefusalReason.MALFORMED_OFFER, "1 m-lines");
    String swapped = SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, VP8, OPUS).offer();
    assertRefused(node.answer("viewer", swapped), RefusalReason.MALFORMED_OFFER, "not the section");
    String none =
        SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, OPUS, VP8)
            .offer()
            .replace(" 9 UDP", " 0 UDP");
    assertRefused(node.answer("viewer", none), RefusalReason.UNSUPPORTED_OFFER, "every m-line");
  }

  @Test
  void mayBeAnsweredInPart() {
    String offer = counterOffer();
    SimViewer viewer = SimViewer.answering(network, nextHost(), SetupRole.ACTIVE, OPUS, VP8);
    String soundOnly = viewer.offer().replace("m=video 9", "m=video 0");

    assertThat(node.answer("viewer", soundOnly)).isEqualTo(new ChangeResult.Done());
    viewer.acceptOffer(offer);
    network.run(SECOND.multipliedBy(2));

    assertThat(viewer.packets(MediaKind.AUDIO)).isNotEmpty();
    assertThat(viewer.packets(MediaKind.VIDEO)).isEmpty();
  }
}
