package io.wishbone.signaling.session;

import io.wishbone.control.AddCandidates;
import io.wishbone.control.CandidatesAdded;
import io.wishbone.control.Command;
import io.wishbone.control.IceRestarted;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.RestartIce;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.signaling.dispatch.Refusals;
import io.wishbone.signaling.http.EntityTag;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.sdp.SdpParseException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/// Applies fragments to open sessions: trickle and restart of ICE (RFC 9725 section 4.3).
@Singleton
final class IceUpdater {

  private final SessionStore sessions;
  private final Dispatcher dispatcher;
  private final SessionEnder ender;
  private final SecureRandom random = new SecureRandom();

  IceUpdater(SessionStore sessions, Dispatcher dispatcher, SessionEnder ender) {
    this.sessions = sessions;
    this.dispatcher = dispatcher;
    this.ender = ender;
  }

  /// @param session as it was when the precondition of the request held
  /// @throws ProblemException when the fragment is malformed or the node refuses it
  IceUpdate apply(SessionRecord session, String text) {
    SdpFragment fragment = parse(text);
    return switch (FragmentMeaning.of(
        fragment.usernameFragment(), fragment.password(), session.remoteIce())) {
      case TRICKLE -> trickle(session, text);
      case RESTART -> restart(session, fragment, text);
      case CONTRADICTION ->
          throw ProblemException.malformed(
              "an ICE restart changes both a=ice-ufrag and a=ice-pwd, the fragment changes one");
    };
  }

  private static SdpFragment parse(String text) {
    try {
      return SdpFragment.parse(text);
    } catch (SdpParseException e) {
      throw ProblemException.malformed("the body is no SDP fragment, " + e.getMessage());
    }
  }

  private IceUpdate trickle(SessionRecord session, String text) {
    Reply reply = ask(session, new AddCandidates(session.id(), text));
    return switch (reply) {
      case CandidatesAdded _ -> new IceUpdate.CandidatesTaken();
      case Reply other -> throw unexpected(other);
    };
  }

  /// The store comes first: of two restarts at the same time one wins, and the other one's
  /// precondition no longer holds. When the node refuses, the existing ICE session goes on, so its
  /// entity-tag comes back. So it does when the reply is late: the node goes on in the existing ICE
  /// session, too, until the client goes by the new credentials.
  private IceUpdate restart(SessionRecord session, SdpFragment fragment, String text) {
    IceCredentials credentials = fragment.credentials();
    if (credentials == null) {
      throw new IllegalStateException("a restart has credentials");
    }
    EntityTag tag = EntityTag.generate(random);
    SessionRecord restarted =
        session.withIceSession(
            tag.opaque(), new RemoteIce(credentials.usernameFragment(), credentials.password()));
    if (!sessions.replace(session, restarted)) {
      throw ProblemException.preconditionFailed("the session has changed meanwhile");
    }
    try {
      return switch (ask(session, new RestartIce(session.id(), text))) {
        case IceRestarted done -> new IceUpdate.Restarted(tag, done.fragment());
        case Reply other -> throw unexpected(other);
      };
    } catch (RuntimeException failure) {
      sessions.replace(restarted, session);
      throw failure;
    }
  }

  private Reply ask(SessionRecord session, Command command) {
    Reply reply = dispatcher.send(session.node(), command);
    if (reply instanceof Refused refused) {
      if (refused.reason() == Refusal.SESSION_UNKNOWN) {
        ender.forget(session);
      }
      throw Refusals.problem(refused);
    }
    return reply;
  }

  private static IllegalStateException unexpected(Reply reply) {
    return new IllegalStateException("not an answer to a fragment: " + reply.getClass());
  }
}
