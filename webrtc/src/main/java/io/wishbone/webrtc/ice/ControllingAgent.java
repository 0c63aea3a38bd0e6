package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunReader;
import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The client side: checks the candidates of the peer, highest priority first, and nominates the
/// first that answers (RFC 8445 section 8.1.1). It works without any candidate too, if the peer
/// checks us.
///
/// ```
///             nominated                 consent expired
/// CHECKING -------------> CONNECTED -----------------------+
///    ^  |                     |                            v
///    |  +---------------------|-- nothing left to check -> FAILED
///    |                        |   and 39.5 s over            |
///    +------- restart --------+------------------------------+
/// ```
///
/// A peer that claims to control as well is met as the RFC says (section 7.3.1.1): the tie-breaker
/// decides, and the loser is controlled, which here means that it waits for USE-CANDIDATE.
public final class ControllingAgent implements IceAgent {

  private enum Phase {
    CHECKING,
    CONNECTED,
    FAILED
  }

  private static final long MILLISECOND = 1_000_000L;

  /// Ta, the pace of new checks (RFC 8445 section 14.2).
  private static final long PACE = 50 * MILLISECOND;

  private static final long MIN_RETRANSMISSION_TIMEOUT = 500 * MILLISECOND;

  /// RFC 8863: candidates may come late, and from checks of the peer.
  private static final long PATIENCE = 39_500 * MILLISECOND;

  private final RandomGenerator random;
  private final StunReader reader = new StunReader();
  private final CheckResponder responder;
  private final ValidatedSources sources = new ValidatedSources();
  private final CheckList checkList = new CheckList();
  private final Consent consent;

  private IceCredentials local;
  private IceCredentials remote;
  private CheckSender sender;
  private Phase phase = Phase.CHECKING;
  private boolean controlling = true;
  private long tieBreaker;
  private long paceNanos;
  private long patienceNanos;
  private @Nullable InetSocketAddress selected;
  private long lastAuthenticatedNanos = Long.MIN_VALUE;

  /// @param random cryptographically strong outside of simulations
  public ControllingAgent(
      IceCredentials local, IceCredentials remote, RandomGenerator random, long nowNanos) {
    this.random = random;
    this.local = local;
    this.remote = remote;
    this.responder = new CheckResponder(local);
    this.sender = new CheckSender(local, remote);
    this.consent = new Consent(random);
    this.tieBreaker = random.nextLong();
    this.paceNanos = nowNanos;
    this.patienceNanos = nowNanos + PATIENCE;
  }

  @Override
  public IceCredentials localCredentials() {
    return local;
  }

  @Override
  public void addRemoteCandidate(IceCandidate candidate, long nowNanos) {
    InetSocketAddress address = CandidateAddress.of(candidate);
    if (phase != Phase.CHECKING || address == null || isOfAnotherGeneration(candidate)) {
      return;
    }
    CandidatePair known = checkList.withRemote(address);
    if (known == null) {
      checkList.add(address, candidate.priority());
    } else {
      known.learnPriority(candidate.priority());
    }
  }

  /// RFC 8838 section 11: a late candidate from before a restart.
  private boolean isOfAnotherGeneration(IceCandidate candidate) {
    String fragment = candidate.usernameFragment();
    return fragment != null && !fragment.equals(remote.usernameFragment());
  }

  @Override
  public void restart(IceCredentials local, IceCredentials remote, long nowNanos) {
    this.local = local;
    this.remote = remote;
    responder.replaceCredentials(local);
    sender = new CheckSender(local, remote);
    checkList.clear();
    consent.forgetRequests();
    phase = Phase.CHECKING;
    paceNanos = nowNanos;
    patienceNanos = nowNanos + PATIENCE;
  }

  @Override
  public boolean isLite() {
    return false;
  }

  @Override
  public boolean handleStun(
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nowNanos,
      Outbox outbox) {
    if (!reader.wrap(buffer, offset, length)) {
      return false;
    }
    return switch (reader.type()) {
      case BINDING_REQUEST -> handleCheck(from, nowNanos, outbox);
      case BINDING_SUCCESS, BINDING_ERROR -> handleResponse(from, nowNanos, outbox);
      // Keeps a NAT open, or is not for us.
      case BINDING_INDICATION, OTHER -> false;
    };
  }

  private boolean handleCheck(InetSocketAddress from, long nowNanos, Outbox outbox) {
    if (!responder.authenticates(reader, sources.contains(from), nowNanos)) {
      return false;
    }
    lastAuthenticatedNanos = nowNanos;
    if (!reader.unknownAttributes().isEmpty()) {
      responder.rejectUnknownAttributes(reader, from, outbox);
      return false;
    }
    if (!agreesOnRoles()) {
      responder.rejectRole(reader, from, outbox);
      return false;
    }
    sources.add(from, selected);
    responder.accept(reader, from, outbox);
    answerWithCheck(from, nowNanos);
    return true;
  }

  /// RFC 8445 section 7.3.1.1. True when the roles differ, perhaps because ours just changed.
  private boolean agreesOnRoles() {
    boolean conflict = controlling ? reader.isFromControlling() : reader.isFromControlled();
    if (!conflict) {
      return true;
    }
    boolean weControl = Long.compareUnsigned(tieBreaker, reader.tieBreaker()) >= 0;
    if (weControl == controlling) {
      return false;
    }
    controlling = weControl;
    return true;
  }

  /// RFC 8445 sections 7.3.1.3 to 7.3.1.5.
  private void answerWithCheck(InetSocketAddress from, long nowNanos) {
    boolean wanted = !controlling && reader.hasUseCandidate() && !from.equals(selected);
    boolean useful = phase == Phase.CHECKING || (phase == Phase.CONNECTED && wanted);
    if (!useful) {
      return;
    }
    CandidatePair pair = checkList.withRemote(from);
    if (pair == null) {
      long priority = reader.priority();
      pair = checkList.add(from, priority < 0 ? CandidatePriority.PEER_REFLEXIVE : priority);
    }
    if (pair == null) {
      return;
    }
    if (wanted) {
      pair.markWanted();
    }
    pair.trigger(nowNanos);
    if (pair.isWanted() && pair.state() == CandidatePair.State.SUCCEEDED) {
      select(pair, nowNanos);
    }
  }

  private boolean handleResponse(InetSocketAddress from, long nowNanos, Outbox outbox) {
    TransactionId id = reader.transactionId();
    boolean success = reader.type() == StunMessageType.BINDING_SUCCESS;
    if (from.equals(selected) && consent.isAwaiting(id, nowNanos)) {
      if (!success || !sender.authenticates(reader)) {
        return false;
      }
      lastAuthenticatedNanos = nowNanos;
      consent.renew(nowNanos);
      return true;
    }
    CandidatePair pair = checkList.withTransaction(id);
    if (pair == null || !pair.remote().equals(from) || !sender.authenticates(reader)) {
      return false;
    }
    CheckTransaction check = pair.transaction();
    if (check == null) {
      return false;
    }
    lastAuthenticatedNanos = nowNanos;
    if (success && reader.unknownAttributes().isEmpty()) {
      sources.add(from, selected);
      pair.succeed();
      if (check.isNominating() || pair.isWanted()) {
        select(pair, nowNanos);
      }
    } else if (!success && reader.errorCode() == 487) {
      changeRole(check);
      pair.retry();
    } else {
      pair.fail();
    }
    nominate(nowNanos, outbox);
    return success;
  }

  /// RFC 8445 section 7.2.5.1, unless an earlier 487 or a check of the peer did it already.
  private void changeRole(CheckTransaction refused) {
    if (refused.asControlling() == controlling) {
      controlling = !controlling;
      tieBreaker = random.nextLong();
    }
  }

  /// Asks for the best pair that works. Not paced: there is one such check at a time.
  private void nominate(long nowNanos, Outbox outbox) {
    if (phase != Phase.CHECKING || !controlling || checkList.isNominating()) {
      return;
    }
    CandidatePair best = checkList.bestSucceeded(true);
    if (best != null) {
      check(best, true, nowNanos, outbox);
    }
  }

  private void select(CandidatePair pair, long nowNanos) {
    selected = pair.remote();
    sources.add(selected, selected);
    checkList.keepOnly(pair);
    consent.begin(nowNanos);
    phase = Phase.CONNECTED;
  }

  private void check(CandidatePair pair, boolean nominating, long nowNanos, Outbox outbox) {
    long timeout = Math.max(MIN_RETRANSMISSION_TIMEOUT, PACE * checkList.openCount());
    TransactionId id = TransactionId.generate(random);
    CheckTransaction check = new CheckTransaction(id, controlling, nominating, timeout, nowNanos);
    pair.begin(check);
    transmit(pair, check, nowNanos, outbox);
    paceNanos = nowNanos + PACE;
  }

  private void transmit(CandidatePair pair, CheckTransaction check, long nowNanos, Outbox outbox) {
    sender.send(
        check.id(), pair.remote(), check.asControlling(), tieBreaker, check.isNominating(), outbox);
    check.noteSent(nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    if (phase == Phase.FAILED) {
      return Long.MAX_VALUE;
    }
    long next = checkList.nextDueNanos();
    if (checkList.next(controlling) != null) {
      next = Math.min(next, paceNanos);
    }
    if (phase == Phase.CONNECTED) {
      next = Math.min(next, consent.checkNanos());
    } else if (checkList.openCount() == 0) {
      next = Math.min(next, patienceNanos);
    }
    return selected == null ? next : Math.min(next, consent.expiryNanos());
  }

  @Override
  public void handleTimeout(long nowNanos, Outbox outbox) {
    if (phase == Phase.FAILED) {
      return;
    }
    retransmit(nowNanos, outbox);
    nominate(nowNanos, outbox);
    if (nowNanos >= paceNanos) {
      CandidatePair pair = checkList.next(controlling);
      if (pair != null) {
        check(pair, false, nowNanos, outbox);
      }
    }
    askForConsent(nowNanos, outbox);
    if (phase == Phase.CHECKING && nowNanos >= patienceNanos && checkList.openCount() == 0) {
      fail();
    }
  }

  private void retransmit(long nowNanos, Outbox outbox) {
    for (CandidatePair pair : checkList.pairs()) {
      CheckTransaction check = pair.transaction();
      if (check == null || nowNanos < check.dueNanos()) {
        continue;
      }
      if (check.isExhausted()) {
        pair.fail();
      } else {
        transmit(pair, check, nowNanos, outbox);
      }
    }
  }

  private void askForConsent(long nowNanos, Outbox outbox) {
    if (selected == null) {
      return;
    }
    if (consent.isExpired(nowNanos)) {
      selected = null;
      sources.clear();
      if (phase == Phase.CONNECTED) {
        fail();
      }
    } else if (phase == Phase.CONNECTED && nowNanos >= consent.checkNanos()) {
      TransactionId id = consent.request(nowNanos);
      sender.send(id, selected, controlling, tieBreaker, false, outbox);
    }
  }

  private void fail() {
    phase = Phase.FAILED;
    checkList.clear();
  }

  @Override
  public boolean isValidated(InetSocketAddress from) {
    return sources.contains(from);
  }

  @Override
  public List<InetSocketAddress> validatedAddresses() {
    return sources.list();
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    if (phase == Phase.FAILED) {
      return null;
    }
    return selected != null ? selected : sources.latest();
  }

  @Override
  public boolean isNominated() {
    return selected != null;
  }

  /// Nothing: a pair is selected only when it answered a check of our own.
  @Override
  public void onTransportConnected(InetSocketAddress handshakePeer) {}

  @Override
  public void onAuthenticatedMedia(InetSocketAddress from) {}

  @Override
  public long lastAuthenticatedNanos() {
    return lastAuthenticatedNanos;
  }

  @Override
  public boolean isFailed(long nowNanos) {
    return phase == Phase.FAILED || (phase == Phase.CONNECTED && consent.isExpired(nowNanos));
  }
}
