package io.wishbone.node.worker;

import io.wishbone.node.doctor.Doctor;
import io.wishbone.node.doctor.SessionFacts;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.session.SubscriberSession;
import io.wishbone.webrtc.dtls.DtlsFailure;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Examines sessions, and remembers what the latest ones died of.
final class Diagnoses {
  private static final int REMEMBERED = 64;

  private final boolean addressesOfOthers;
  private final ArrayDeque<Diagnosis> ended = new ArrayDeque<>();

  /// @param candidates what clients are told of where the worker is
  Diagnoses(List<IceCandidate> candidates) {
    addressesOfOthers = candidates.stream().anyMatch(candidate -> isElsewhere(candidate.address()));
  }

  /// Whether a peer names an address that is not of its own machine alone.
  static boolean isElsewhere(SessionDescription offer) {
    for (MediaDescription section : offer.media()) {
      for (IceCandidate candidate : section.candidates()) {
        if (isElsewhere(candidate.address())) {
          return true;
        }
      }
    }
    return false;
  }

  /// A name, such as browsers give instead of an address, says nothing.
  private static boolean isElsewhere(String address) {
    try {
      return !InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /// All sessions, and those that have ended lately. Relays are not examined.
  List<Diagnosis> examine(Collection<WorkerSession> sessions, long nowNanos) {
    List<Diagnosis> diagnoses = new ArrayList<>(ended);
    for (WorkerSession session : sessions) {
      if (isExamined(session)) {
        diagnoses.add(diagnosis(session, false, false, nowNanos));
      }
    }
    return diagnoses;
  }

  void ended(WorkerSession session, EndReason reason, String detail, long nowNanos) {
    if (!isExamined(session)) {
      return;
    }
    boolean mismatch =
        reason == EndReason.DTLS_FAILED
            && detail.startsWith(DtlsFailure.FINGERPRINT_MISMATCH.name());
    Diagnosis diagnosis = diagnosis(session, true, mismatch, nowNanos);
    if (diagnosis.verdict() != Verdict.OK) {
      if (ended.size() == REMEMBERED) {
        ended.remove();
      }
      ended.add(diagnosis);
    }
  }

  private static boolean isExamined(WorkerSession session) {
    return session.peer() instanceof PublisherSession
        || session.peer() instanceof SubscriberSession;
  }

  private Diagnosis diagnosis(
      WorkerSession session, boolean hasEnded, boolean mismatch, long nowNanos) {
    return new Diagnosis(
        session.id(),
        session.room().stream().name(),
        session.role(),
        Doctor.examine(facts(session, mismatch, nowNanos)),
        hasEnded);
  }

  private SessionFacts facts(WorkerSession session, boolean mismatch, long nowNanos) {
    var transport = session.transport();
    long connected = session.isConnected() ? nowNanos - session.connectedNanos() : -1;
    boolean checked = transport.ice().lastAuthenticatedNanos() != Long.MIN_VALUE;
    long age = nowNanos - session.openedNanos();
    if (session.peer() instanceof PublisherSession publisher) {
      return new SessionFacts(
          true,
          age,
          addressesOfOthers,
          session.isPeerElsewhere(),
          checked,
          transport.isHandshakeStarted(),
          mismatch,
          connected,
          true,
          Math.min(connected, since(publisher.lastPacketNanos(), nowNanos)),
          publisher.hasPicture(),
          publisher.keyframeMissingNanos(nowNanos, session.connectedNanos()),
          publisher.lostShare(),
          publisher.disordered());
    }
    var viewer = (SubscriberSession) java.util.Objects.requireNonNull(session.peer());
    return new SessionFacts(
        false,
        age,
        addressesOfOthers,
        session.isPeerElsewhere(),
        checked,
        transport.isHandshakeStarted(),
        mismatch,
        connected,
        session.room().stream().hasSource(),
        Math.min(connected, since(viewer.lastSentNanos(), nowNanos)),
        viewer.hasPicture(),
        viewer.hasFirstFrame() ? 0 : connected,
        viewer.feedback().fractionLost() / 256.0,
        0);
  }

  private static long since(long nanos, long nowNanos) {
    return nanos == Long.MIN_VALUE ? Long.MAX_VALUE : nowNanos - nanos;
  }
}
