package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.ice.IceAgent;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPeer;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// ICE restarts at both ends of a stream (RFC 9725 section 4.3.3), on a network that loses nothing.
class IceRestartTest {
  /// What the PATCH takes, there and back.
  private static final Duration SIGNALLING = Duration.ofMillis(150);

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(9725);
  private final SimNode node = new SimNode(network);
  private final SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
  private final SimViewer viewer = SimViewer.open(network, "10.1.0.1");

  private void connect() {
    node.publish("publisher", publisher);
    network.run(SECOND);
    node.view("viewer", viewer);
    network.run(SECOND);
  }

  private static IceAgent agent(SimPeer peer) {
    return Objects.requireNonNull(peer.peer().transport()).ice();
  }

  /// As a client does it: its new credentials travel to the node, the node's come back.
  private IceCredentials restart(String session, SimPeer peer, String ufrag) {
    var mine = new IceCredentials(ufrag, "passwordpasswordpassword");
    try {
      SdpFragment asked =
          SdpFragment.parse(
              "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\n"
                  .formatted(mine.usernameFragment(), mine.password()));
      RestartResult result = node.worker().restartIce(session, asked, network.now());
      network.run(SIGNALLING);
      if (!(result instanceof RestartResult.Restarted restarted)) {
        throw new AssertionError(result.toString());
      }
      SdpFragment answer = SdpFragment.parse(restarted.fragment().write());
      IceCredentials theirs = Objects.requireNonNull(answer.credentials());
      agent(peer).restart(mine, theirs, network.now());
      answer.candidates().forEach(c -> agent(peer).addRemoteCandidate(c, network.now()));
      return theirs;
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertNothingIsMissing(List<ReceivedPacket> packets) {
    assertThat(packets).isNotEmpty();
    assertThat(packets).extracting(ReceivedPacket::packetIndex).doesNotHaveDuplicates();
    assertThat(packets.getLast().packetIndex() - packets.getFirst().packetIndex())
        .isEqualTo(packets.size() - 1);
  }

  @Test
  void mediaGoOnWithoutALossOfOurOwn() {
    connect();
    IceCredentials first = restart("publisher", publisher, "again1");
    network.run(SECOND);
    restart("viewer", viewer, "again2");
    network.run(SECOND);
    IceCredentials second = restart("publisher", publisher, "again3");
    network.run(SECOND.multipliedBy(40));

    assertThat(network.lost()).isZero();
    assertThat(second).isNotEqualTo(first);
    assertThat(node.ended()).isEmpty();
    assertThat(node.connected()).as("no second handshake").containsExactly("publisher", "viewer");
    assertNothingIsMissing(viewer.packets(MediaKind.VIDEO));
    assertNothingIsMissing(viewer.packets(MediaKind.AUDIO));
    assertThat(viewer.packets(MediaKind.VIDEO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos() / 10);
  }

  @Test
  void consentIsKeptWithTheNewCredentials() {
    connect();
    restart("publisher", publisher, "again1");
    network.run(SECOND);
    long connected = agent(publisher).lastAuthenticatedNanos();

    network.run(SECOND.multipliedBy(40));

    assertThat(agent(publisher).isNominated()).isTrue();
    assertThat(agent(publisher).localCredentials().usernameFragment()).isEqualTo("again1");
    assertThat(agent(publisher).lastAuthenticatedNanos()).isGreaterThan(connected);
  }

  /// The broker brings a command twice: the client goes by the answer to the first one.
  @Test
  void aRestartThatComesTwiceIsAnsweredAsTheFirstTime() throws SdpParseException {
    connect();
    SdpFragment asked =
        SdpFragment.parse("a=ice-ufrag:again1\r\na=ice-pwd:passwordpasswordpassword\r\n");
    IceCredentials theirs = restart("publisher", publisher, "again1");
    RestartResult repeated = node.worker().restartIce("publisher", asked, network.now());
    assertThat(repeated)
        .isInstanceOfSatisfying(
            RestartResult.Restarted.class,
            restarted -> assertThat(restarted.fragment().credentials()).isEqualTo(theirs));
    long connected = agent(publisher).lastAuthenticatedNanos();

    network.run(SECOND.multipliedBy(40));

    assertThat(node.ended()).isEmpty();
    assertThat(agent(publisher).lastAuthenticatedNanos()).isGreaterThan(connected);
    assertThat(restart("publisher", publisher, "again2")).isNotEqualTo(theirs);
  }

  @Test
  void aClientThatNeverFollowsKeepsItsMediaAsLongAsTheyComeIn() throws SdpParseException {
    connect();
    SdpFragment asked =
        SdpFragment.parse("a=ice-ufrag:fresh\r\na=ice-pwd:freshfreshfreshfreshfresh\r\n");

    node.worker().restartIce("viewer", asked, network.now());
    int before = viewer.packets(MediaKind.VIDEO).size();
    network.run(SECOND.multipliedBy(2));

    assertThat(viewer.packets(MediaKind.VIDEO).size()).isGreaterThan(before + 30);
    assertNothingIsMissing(viewer.packets(MediaKind.VIDEO));
    assertThat(node.worker().restartIce("nobody", asked, network.now()))
        .isInstanceOf(RestartResult.Refused.class);
  }

  /// The reply to the PATCH gets lost: the client goes on in the ICE session that it has, consent
  /// included, and may try again.
  @Test
  void aClientThatNeverHearsTheAnswerKeepsItsIceSession() throws SdpParseException {
    connect();
    SdpFragment asked =
        SdpFragment.parse("a=ice-ufrag:fresh\r\na=ice-pwd:freshfreshfreshfreshfresh\r\n");
    node.worker().restartIce("publisher", asked, network.now());
    node.worker().restartIce("viewer", asked, network.now());

    network.run(SECOND.multipliedBy(60));

    assertThat(node.ended()).isEmpty();
    for (SimPeer each : List.of(publisher, viewer)) {
      assertThat(agent(each).isFailed(network.now())).isFalse();
      assertThat(agent(each).lastAuthenticatedNanos())
          .isGreaterThan(network.now() - SECOND.multipliedBy(20).toNanos());
    }
    assertNothingIsMissing(viewer.packets(MediaKind.VIDEO));
    restart("viewer", viewer, "again1");
    network.run(SECOND.multipliedBy(40));
    assertThat(node.ended()).isEmpty();
    assertThat(agent(viewer).localCredentials().usernameFragment()).isEqualTo("again1");
    assertThat(viewer.packets(MediaKind.VIDEO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos() / 10);
  }
}
