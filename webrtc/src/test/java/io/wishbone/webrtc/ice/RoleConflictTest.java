package io.wishbone.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Two agents that both believe that they control (RFC 8445 section 7.3.1.1).
class RoleConflictTest {

  private static final InetSocketAddress A = new InetSocketAddress("203.0.113.1", 1);
  private static final InetSocketAddress B = new InetSocketAddress("203.0.113.2", 2);

  @Property(tries = 200, seed = "8445")
  void oneOfThemGivesInAndBothConnect(@ForAll long seed) {
    IceSimulation network = new IceSimulation(seed, 0.1, 100);
    ControllingAgent a = new ControllingAgent(Checks.SERVER, Checks.CLIENT, network.random(), 0);
    ControllingAgent b = new ControllingAgent(Checks.CLIENT, Checks.SERVER, network.random(), 0);
    network.add(a, A);
    network.add(b, B);
    a.addRemoteCandidate(Checks.candidate(B, 100), 0);
    b.addRemoteCandidate(Checks.candidate(A, 100), 0);

    boolean connected =
        network.runUntil(() -> a.isNominated() && b.isNominated(), 60 * Checks.SECOND);
    assertThat(connected).isTrue();
    assertThat(a.remoteAddress()).isEqualTo(B);
    assertThat(b.remoteAddress()).isEqualTo(A);
    network.runFor(20 * Checks.SECOND);
    assertThat(a.isFailed(network.now())).isFalse();
    assertThat(b.isFailed(network.now())).isFalse();
  }

  @Property(tries = 200, seed = "8445")
  void connectsWithoutAnyCandidateOfThePeer(@ForAll long seed) {
    IceSimulation network = new IceSimulation(seed, 0.1, 100);
    ControllingAgent a = new ControllingAgent(Checks.SERVER, Checks.CLIENT, network.random(), 0);
    ControllingAgent b = new ControllingAgent(Checks.CLIENT, Checks.SERVER, network.random(), 0);
    network.add(a, A);
    network.add(b, B);
    b.addRemoteCandidate(Checks.candidate(A, 100), 0);

    boolean connected =
        network.runUntil(() -> a.isNominated() && b.isNominated(), 60 * Checks.SECOND);
    assertThat(connected).isTrue();
    assertThat(a.remoteAddress()).as("peer-reflexive").isEqualTo(B);
  }
}
