package io.wishbone.webrtc.dtls;

import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.srtp.SrtpKeyingMaterial;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/// One DTLS association with one peer, as a state machine.
///
/// ```text
/// Handshaking --Finished of both sides--> Connected --close_notify--> Closed
///      |                                      |
///      +--alert, demand not met, 10 s--> Failed <--fatal alert
/// ```
///
/// Every call is a step: it takes a datagram or the time and returns what is to be sent, the state
/// and when to call again. A step of a handshake takes up to a few milliseconds of CPU; the caller
/// decides on which thread it runs, never two at a time. Remote input never throws; a fault of
/// ours, or of BouncyCastle, costs the association and not the caller.
///
/// An association that is still handshaking holds a virtual thread and must be ended by [#close] or
/// [#abandon]; one that is connected, failed or closed holds none.
///
/// The filter that stands before BouncyCastle is part of every association. A caller that wants to
/// drop junk before it hands datagrams to another thread asks a [DtlsFilter] of its own.
public final class DtlsAssociation {

  /// From our first flight as client, or the peer's first datagram as server.
  public static final long HANDSHAKE_TIMEOUT_NANOS = 10_000_000_000L;

  private static final long NEVER = Long.MAX_VALUE;

  private final boolean isClient;
  private final Agreement agreement;
  private final OutgoingFlight outgoing = new OutgoingFlight();
  private final DatagramPort port = new DatagramPort(outgoing);
  private final DtlsFilter filter = new DtlsFilter();
  private final PeerFlights peerFlights = new PeerFlights();
  private final RetransmissionTimer retransmission = new RetransmissionTimer();
  private volatile @Nullable SteppedHandshake handshake;
  private volatile boolean abandoned;
  private @Nullable DTLSTransport connection;
  private DtlsState state = new DtlsState.Handshaking();
  private long deadlineNanos = NEVER;

  private DtlsAssociation(
      boolean isClient,
      DtlsIdentity identity,
      Set<Fingerprint> peerFingerprints,
      List<SrtpProfile> profiles,
      SecureRandom random) {
    this.isClient = isClient;
    this.agreement = new Agreement(peerFingerprints, profiles, isClient);
    var crypto = new HandshakeCrypto(random);
    HandshakeRole role =
        isClient
            ? new ClientRole(identity, crypto, agreement)
            : new ServerRole(identity, crypto, agreement);
    this.handshake = new SteppedHandshake(role, port, outgoing);
  }

  /// The passive side: waits for a ClientHello.
  ///
  /// @param peerFingerprints of the peer's description; its certificate must have one of them
  /// @param profiles in order of preference
  public static DtlsAssociation server(
      DtlsIdentity identity,
      Set<Fingerprint> peerFingerprints,
      List<SrtpProfile> profiles,
      SecureRandom random) {
    return new DtlsAssociation(false, identity, peerFingerprints, profiles, random);
  }

  /// The active side: [#start] brings the ClientHello.
  ///
  /// @param peerFingerprints of the peer's description; its certificate must have one of them
  /// @param profiles in order of preference
  public static DtlsAssociation client(
      DtlsIdentity identity,
      Set<Fingerprint> peerFingerprints,
      List<SrtpProfile> profiles,
      SecureRandom random) {
    return new DtlsAssociation(true, identity, peerFingerprints, profiles, random);
  }

  /// To be called once, when datagrams can be sent. As server there is nothing to do yet: neither
  /// thread nor clock runs before the peer's first datagram.
  public DtlsStep start(long nowNanos) {
    return guarded(() -> takeStart(nowNanos));
  }

  private DtlsStep takeStart(long nowNanos) {
    SteppedHandshake stepped = handshake;
    if (!isClient || stepped == null || stepped.isStarted() || isOver()) {
      return nothing();
    }
    outgoing.begin(false);
    begin(stepped, nowNanos);
    return settle(stepped, nowNanos);
  }

  /// A datagram from the peer. The array is read during the call only.
  public DtlsStep handleDatagram(byte[] datagram, long nowNanos) {
    return guarded(() -> takeDatagram(datagram, nowNanos));
  }

  private DtlsStep takeDatagram(byte[] datagram, long nowNanos) {
    if (isOver() || !filter.admits(ByteBuffer.wrap(datagram), 0, datagram.length)) {
      return nothing();
    }
    DTLSTransport connected = connection;
    if (connected != null) {
      return receive(connected, datagram);
    }
    SteppedHandshake stepped = handshake;
    if (stepped == null || (isClient && !stepped.isStarted())) {
      return nothing();
    }
    if (nowNanos >= deadlineNanos) {
      return timeOut();
    }
    boolean peerRepeats = peerFlights.isRepeated(datagram);
    outgoing.begin(peerRepeats);
    if (!stepped.isStarted()) {
      begin(stepped, nowNanos);
    }
    stepped.handleDatagram(datagram);
    if (peerRepeats && outgoing.sentAgain()) {
      retransmission.flightRepeated(nowNanos);
    }
    return settle(stepped, nowNanos);
  }

  /// To be called at the time that the last step named; too early or too late does no harm.
  public DtlsStep handleTimeout(long nowNanos) {
    return guarded(() -> takeTimeout(nowNanos));
  }

  private DtlsStep takeTimeout(long nowNanos) {
    SteppedHandshake stepped = handshake;
    if (stepped == null || isOver() || nowNanos < nextTimeoutNanos()) {
      return nothing();
    }
    if (nowNanos >= deadlineNanos) {
      return timeOut();
    }
    outgoing.begin(true);
    stepped.handleTimeout();
    retransmission.backOff(nowNanos);
    return settle(stepped, nowNanos);
  }

  /// Ends the association: with close_notify if it is connected, silently otherwise.
  public DtlsStep close(long nowNanos) {
    if (isOver()) {
      return nothing();
    }
    DTLSTransport connected = connection;
    if (connected != null) {
      outgoing.begin(false);
      try {
        connected.close();
      } catch (IOException | RuntimeException e) {
        // Our port does not throw; and if it did, we are leaving.
      }
    }
    end(new DtlsState.Closed());
    return step();
  }

  /// Ends the association without a word. May be called at any time and by any thread, also while a
  /// step runs; frees the thread of the handshake.
  public void abandon() {
    abandoned = true;
    SteppedHandshake stepped = handshake;
    if (stepped != null) {
      stepped.abandon();
    }
  }

  /// Whoever waits for the step gets one, whatever happens in it.
  private DtlsStep guarded(Supplier<DtlsStep> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error fault) {
      // An error too: a transport whose step never returns would wait for ever.
      end(new DtlsState.Failed(DtlsFailure.INTERNAL, fault.toString()));
      return step();
    }
  }

  /// Gone once the association is connected or over.
  @Nullable SteppedHandshake handshake() {
    return handshake;
  }

  private boolean isOver() {
    return switch (state) {
      case DtlsState.Handshaking _, DtlsState.Connected _ -> abandoned;
      case DtlsState.Failed _, DtlsState.Closed _ -> true;
    };
  }

  private void begin(SteppedHandshake stepped, long nowNanos) {
    deadlineNanos = nowNanos + HANDSHAKE_TIMEOUT_NANOS;
    stepped.start();
  }

  /// After a step of the handshake: where did it lead?
  private DtlsStep settle(SteppedHandshake stepped, long nowNanos) {
    if (!stepped.hasEnded()) {
      if (outgoing.sentNew()) {
        retransmission.flightSent(nowNanos);
      }
      return step();
    }
    DTLSTransport transport = stepped.transport();
    SrtpKeyingMaterial keys = agreement.keys();
    if (transport == null || keys == null) {
      end(failure(stepped.fault()));
      return step();
    }
    port.waitBy(null);
    handshake = null;
    connection = transport;
    state = new DtlsState.Connected(keys);
    return step();
  }

  private DtlsState.Failed failure(@Nullable Throwable fault) {
    DtlsState.Failed refusal = agreement.refusal();
    if (refusal != null) {
      return refusal;
    }
    return switch (fault) {
      case TlsFatalAlertReceived alert ->
          new DtlsState.Failed(
              DtlsFailure.PEER_ALERT, AlertDescription.getText(alert.getAlertDescription()));
      case IOException _ when agreement.isClosedByPeer() ->
          new DtlsState.Failed(DtlsFailure.PEER_ALERT, "close_notify during the handshake");
      case IOException e ->
          new DtlsState.Failed(DtlsFailure.PROTOCOL, String.valueOf(e.getMessage()));
      case null -> new DtlsState.Failed(DtlsFailure.INTERNAL, "no keys were exported");
      default -> new DtlsState.Failed(DtlsFailure.INTERNAL, fault.toString());
    };
  }

  /// Connected: alerts, and flights that the peer sends again because it misses our last one. Runs
  /// on this thread, for nothing blocks: once the datagram is consumed, the port throws.
  private DtlsStep receive(DTLSTransport connected, byte[] datagram) {
    outgoing.begin(true);
    port.offer(datagram);
    byte[] applicationData = new byte[DtlsFilter.MAX_DATAGRAM];
    try {
      while (true) {
        int ignored = connected.receive(applicationData, 0, applicationData.length, 1);
      }
    } catch (InterruptedIOException _) {
      if (agreement.isClosedByPeer()) {
        end(new DtlsState.Closed());
      }
    } catch (IOException e) {
      end(failure(e));
    }
    return step();
  }

  private DtlsStep timeOut() {
    end(new DtlsState.Failed(DtlsFailure.TIMEOUT, "no handshake within 10 seconds"));
    return step();
  }

  private void end(DtlsState last) {
    state = last;
    connection = null;
    SteppedHandshake stepped = handshake;
    if (stepped != null) {
      stepped.abandon();
      handshake = null;
    }
  }

  private DtlsStep step() {
    return new DtlsStep(outgoing.drain(), state, nextTimeoutNanos());
  }

  private DtlsStep nothing() {
    return new DtlsStep(List.of(), state, nextTimeoutNanos());
  }

  private long nextTimeoutNanos() {
    return state instanceof DtlsState.Handshaking && !abandoned
        ? Math.min(deadlineNanos, retransmission.dueNanos())
        : NEVER;
  }
}
