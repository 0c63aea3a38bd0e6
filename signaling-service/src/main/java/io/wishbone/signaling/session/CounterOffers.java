package io.wishbone.signaling.session;

import io.wishbone.control.AcceptAnswer;
import io.wishbone.control.AnswerAccepted;
import io.wishbone.control.CounterOffered;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.signaling.dispatch.Refusals;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.EntityTag;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.SessionUrls;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Offers of ours to players whose own offer could not be answered (draft-ietf-wish-whep section
/// 4.3.2). Such a session is pending until the player's answer comes, and gone when that does not
/// come in time.
@Singleton
final class CounterOffers {

  /// What the draft says when the response does not.
  static final Duration VALIDITY = Duration.ofSeconds(30);

  /// The node began to wait before the player hears of it, and the answer takes its time.
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final SessionStore sessions;
  private final Dispatcher dispatcher;
  private final SessionEnder ender;
  private final boolean enabled;
  private final InstantSource clock = InstantSource.system();

  CounterOffers(
      SessionStore sessions, Dispatcher dispatcher, SessionEnder ender, SignalingConfig config) {
    this.sessions = sessions;
    this.dispatcher = dispatcher;
    this.ender = ender;
    this.enabled = config.whep().counterOffer();
  }

  /// How long a node may wait for an answer; null when it is to refuse instead.
  @Nullable Duration validity() {
    return enabled ? VALIDITY : null;
  }

  /// The node has offered. Whoever asked it gives the session up when this fails.
  OpenedSession pending(SessionRecord session, CounterOffered offered) {
    SessionRecord pending =
        session
            .withState(SessionState.PENDING)
            .withVideoSection(AnsweredSections.videoSection(offered.offer()));
    if (!sessions.replace(session, pending)) {
      throw ProblemException.conflict("the session was ended while it was opened");
    }
    return new OpenedSession(
        session.id(),
        new EntityTag(session.entityTag()),
        offered.offer(),
        clock.instant().plus(VALIDITY).minus(MARGIN));
  }

  /// 406, which means a counter-offer and nothing else.
  static Response.ResponseBuilder response(OpenedSession session, SessionUrls urls) {
    Response.ResponseBuilder response =
        Response.status(Response.Status.NOT_ACCEPTABLE)
            .location(urls.of(SessionRole.SUBSCRIBER, session.id()))
            .header(HttpHeaders.ETAG, session.entityTag().toString())
            .header("Accept-Patch", ContentTypes.SDP)
            .header(HttpHeaders.CONTENT_TYPE, contentType(session.validUntil()))
            .entity(session.description());
    ExtensionLinks.addTo(response, SessionRole.SUBSCRIBER, session.id(), urls);
    return response;
  }

  private static String contentType(@Nullable Instant validUntil) {
    return validUntil == null
        ? ContentTypes.SDP
        : "%s; valid-until=\"%s\""
            .formatted(
                ContentTypes.SDP,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(validUntil.atOffset(ZoneOffset.UTC)));
  }

  /// Takes the player's answer. Of two at the same time, one is taken.
  ///
  /// @throws ProblemException when it is malformed or does not answer the offer, which may then be
  ///   answered again; 503 when the node does not reply, and the session is over
  void answer(SessionRecord pending, String text) {
    Answer answer = Answer.parse(text);
    SessionRecord open =
        pending
            .withState(SessionState.OPEN)
            .withIceSession(pending.entityTag(), answer.remoteIce())
            .withVideoSection(AnsweredSections.videoSection(text));
    if (!sessions.replace(pending, open)) {
      throw ProblemException.unprocessable("the counter-offer was answered already");
    }
    switch (ask(open, text)) {
      case AnswerAccepted _ -> {}
      case Refused refused -> {
        if (refused.reason() == Refusal.SESSION_UNKNOWN) {
          ender.forget(open);
        } else {
          sessions.replace(open, pending);
        }
        throw Refusals.problem(refused);
      }
      case Reply other -> {
        giveUp(open);
        throw new IllegalStateException("not an answer to an answer: " + other.getClass());
      }
    }
  }

  private Reply ask(SessionRecord open, String answer) {
    try {
      return dispatcher.send(open.node(), new AcceptAnswer(open.id(), answer));
    } catch (RuntimeException failure) {
      giveUp(open);
      throw failure;
    }
  }

  /// The node may have taken the answer all the same, so the player cannot try again.
  private void giveUp(SessionRecord open) {
    ender.giveUp(open);
  }
}
