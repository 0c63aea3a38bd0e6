package io.wishbone.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.IceCredentials;
import java.net.InetSocketAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Two agents with a network between them. The seeds are fixed: with loss, a session may rightly
/// end.
class IcePathTest {

  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.1", 9400);
  private static final InetSocketAddress SERVER_IPV6 = new InetSocketAddress("2001:db8::1", 9400);
  private static final InetSocketAddress DEAD = new InetSocketAddress("10.9.9.9", 9400);
  private static final InetSocketAddress CLIENT = new InetSocketAddress("198.51.100.1", 40_000);

  @Test
  void connectsInTwoRoundTrips() {
    IceSimulation network = new IceSimulation(1, 0, 10);
    ControllingAgent client = client(network);
    IceLiteAgent server = server(network);
    client.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);

    assertThat(network.runUntil(client::isNominated, 40 * Checks.MILLISECOND)).isTrue();
    assertThat(client.remoteAddress()).isEqualTo(SERVER);
    assertThat(server.remoteAddress()).isEqualTo(CLIENT);
    assertThat(server.isNominated()).isTrue();
    assertThat(server.isValidated(CLIENT)).isTrue();
    assertThat(client.isValidated(SERVER)).isTrue();
    assertThat(network.sent()).as("two checks, two answers").isEqualTo(4);
  }

  @Property(tries = 200, seed = "8445")
  void connectsOverALossyNetworkAndStaysConnected(@ForAll long seed) {
    IceSimulation network = new IceSimulation(seed, 0.1, 300);
    ControllingAgent client = client(network);
    IceLiteAgent server = server(network);
    client.addRemoteCandidate(Checks.candidate(DEAD, 300), 0);
    client.addRemoteCandidate(Checks.candidate(SERVER, 200), 0);
    client.addRemoteCandidate(Checks.candidate(SERVER_IPV6, 100), 0);

    assertThat(network.runUntil(client::isNominated, 60 * Checks.SECOND)).isTrue();
    assertThat(client.remoteAddress()).isIn(SERVER, SERVER_IPV6);
    assertThat(server.isNominated()).isTrue();
    assertThat(server.remoteAddress()).isEqualTo(CLIENT);

    network.runFor(20 * Checks.SECOND);
    assertThat(client.isFailed(network.now())).isFalse();
  }

  @Property(tries = 200, seed = "8445")
  void restartsOverALossyNetwork(@ForAll long seed) {
    IceSimulation network = new IceSimulation(seed, 0.1, 200);
    ControllingAgent client = client(network);
    IceLiteAgent server = server(network);
    client.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    assertThat(network.runUntil(client::isNominated, 60 * Checks.SECOND)).isTrue();

    IceCredentials newServer = IceCredentialsGenerator.generate(network.random());
    IceCredentials newClient = IceCredentialsGenerator.generate(network.random());
    server.restart(newServer, newClient, network.now());
    network.runFor(3 * Checks.SECOND);
    client.restart(newClient, newServer, network.now());
    assertThat(client.remoteAddress()).isEqualTo(SERVER);
    assertThat(client.isNominated()).isTrue();
    client.addRemoteCandidate(Checks.candidate(SERVER_IPV6, 100), network.now());

    boolean moved =
        network.runUntil(() -> SERVER_IPV6.equals(client.remoteAddress()), 60 * Checks.SECOND);
    assertThat(moved).isTrue();
    network.runFor(60 * Checks.SECOND);
    assertThat(client.isFailed(network.now())).isFalse();
    assertThat(server.remoteAddress()).isEqualTo(CLIENT);
  }

  @Test
  void prefersTheHighestPriorityOfThoseThatWork() {
    IceSimulation network = new IceSimulation(5, 0, 10);
    ControllingAgent client = client(network);
    server(network);
    client.addRemoteCandidate(Checks.candidate(SERVER_IPV6, 100), 0);
    client.addRemoteCandidate(Checks.candidate(SERVER, 200), 0);
    client.addRemoteCandidate(Checks.candidate(DEAD, 300), 0);

    network.runUntil(client::isNominated, Checks.SECOND);
    assertThat(client.remoteAddress()).isEqualTo(SERVER);
  }

  @Test
  void waitsForCandidatesThatComeLate() {
    IceSimulation network = new IceSimulation(6, 0, 10);
    ControllingAgent client = client(network);
    server(network);
    network.runFor(39 * Checks.SECOND);
    assertThat(client.isFailed(network.now())).isFalse();
    client.addRemoteCandidate(Checks.candidate(SERVER, 200), network.now());

    assertThat(network.runUntil(client::isNominated, Checks.SECOND)).isTrue();
  }

  @Test
  void losesConsentWhenThePeerIsGone() {
    IceSimulation network = new IceSimulation(7, 0, 10);
    ControllingAgent client = client(network);
    server(network);
    client.addRemoteCandidate(Checks.candidate(SERVER, 200), 0);
    network.runFor(600 * Checks.SECOND);
    assertThat(client.isFailed(network.now())).isFalse();
    int checksIn600Seconds = network.sent() / 2;
    assertThat(checksIn600Seconds).isBetween(100, 150);

    network.unplug(SERVER);
    network.runFor(23 * Checks.SECOND);
    assertThat(client.isFailed(network.now())).isFalse();
    assertThat(client.remoteAddress()).isEqualTo(SERVER);
    network.runFor(8 * Checks.SECOND);
    assertThat(client.isFailed(network.now())).isTrue();
    assertThat(client.remoteAddress()).isNull();
    assertThat(client.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    int sent = network.sent();
    network.runFor(100 * Checks.SECOND);
    assertThat(network.sent()).as("falls silent").isEqualTo(sent);
  }

  private static ControllingAgent client(IceSimulation network) {
    ControllingAgent client =
        new ControllingAgent(Checks.CLIENT, Checks.SERVER, network.random(), network.now());
    network.add(client, CLIENT);
    return client;
  }

  private static IceLiteAgent server(IceSimulation network) {
    IceLiteAgent server = new IceLiteAgent(Checks.SERVER);
    network.add(server, SERVER, SERVER_IPV6);
    return server;
  }
}
