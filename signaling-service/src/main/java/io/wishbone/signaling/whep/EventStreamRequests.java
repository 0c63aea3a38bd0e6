package io.wishbone.signaling.whep;

import io.smallrye.mutiny.Multi;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.events.EventKind;
import io.wishbone.signaling.events.EventWish;
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.signaling.http.AllowedMethods;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.RequestBody;
import io.wishbone.signaling.http.SessionUrls;
import io.wishbone.signaling.limits.SubjectLimit;
import io.wishbone.signaling.session.SessionRequests;
import io.wishbone.store.EventStreamRecord;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.StorePatience;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes, reads and ends the event streams of WHEP sessions: the server-sent-events extension.
@Singleton
final class EventStreamRequests {

  private static final int ID_BYTES = 18;

  private final SessionRequests sessions;
  private final EventStreamStore eventStreams;
  private final OpenFeeds feeds;
  private final SubjectLimit limit;
  private final SecureRandom random = new SecureRandom();

  EventStreamRequests(
      SessionRequests sessions,
      EventStreamStore eventStreams,
      OpenFeeds feeds,
      SubjectLimit limit) {
    this.sessions = sessions;
    this.eventStreams = eventStreams;
    this.feeds = feeds;
    this.limit = limit;
  }

  /// Makes an event stream. A body is a JSON array of the events that it is for; without one it is
  /// for all.
  Response post(
      String id,
      @Nullable String authorization,
      @Nullable String contentType,
      InputStream body,
      UriInfo uri) {
    return StorePatience.inRequest(() -> make(id, authorization, contentType, body, uri));
  }

  private Response make(
      String id,
      @Nullable String authorization,
      @Nullable String contentType,
      InputStream body,
      UriInfo uri) {
    SessionRecord session = sessions.open(SessionRole.SUBSCRIBER, id, authorization);
    limit.check(session.subject(), session.key());
    String text = RequestBody.textOrEmpty(body);
    if (!text.isEmpty() && !ContentTypes.matches(contentType, ContentTypes.JSON)) {
      throw ProblemException.unsupportedMediaType(
          "a list of events is " + ContentTypes.JSON, "Accept-Post", ContentTypes.JSON);
    }
    Set<EventKind> wished = EventWish.parse(text);
    var added = new EventStreamRecord(newId(), wished.stream().map(EventKind::wireName).toList());
    // A page that lost its connection may make another event stream and never come back to this.
    if (!eventStreams.add(session.id(), added, each -> feeds.isRead(session.id(), each.id()))) {
      throw ProblemException.conflict(
          "the session has %d event streams already, and all are being read"
              .formatted(EventStreamStore.MAX_STREAMS));
    }
    return Response.created(SessionUrls.at(uri).eventStream(session.id(), added.id())).build();
  }

  /// Tells the player its events until one of the two ends it.
  ///
  /// @param lastEventId what the player was told last, on an earlier connection
  Multi<OutboundSseEvent> read(
      String id,
      String eventStream,
      @Nullable String authorization,
      @Nullable String lastEventId,
      Sse sse) {
    return StorePatience.inRequest(() -> {
      SessionRecord session = sessions.open(SessionRole.SUBSCRIBER, id, authorization);
      EventStreamRecord found = find(session, eventStream);
      return Multi.createFrom()
          .publisher(feeds.open(session, found.id(), kinds(found.events()), lastEventId, sse));
    });
  }

  /// There is such an event stream.
  Response head(String id, String eventStream, @Nullable String authorization) {
    return StorePatience.inRequest(() -> {
      find(sessions.open(SessionRole.SUBSCRIBER, id, authorization), eventStream);
      return Response.ok().type(ContentTypes.EVENT_STREAM).build();
    });
  }

  /// Ends an event stream.
  Response delete(String id, String eventStream, @Nullable String authorization) {
    return StorePatience.inRequest(() -> end(id, eventStream, authorization));
  }

  private Response end(String id, String eventStream, @Nullable String authorization) {
    SessionRecord session = sessions.open(SessionRole.SUBSCRIBER, id, authorization);
    limit.check(session.subject(), session.key());
    if (!eventStreams.remove(session.id(), eventStream)) {
      throw unknown();
    }
    feeds.close(session.id(), eventStream);
    return Response.ok().build();
  }

  /// Answers preflights too, so it asks for no token and tells nothing of the session.
  Response options(String allowed) {
    Response.ResponseBuilder response = Response.ok().header(HttpHeaders.ALLOW, allowed);
    if (allowed.equals(AllowedMethods.EVENTS)) {
      response.header("Accept-Post", ContentTypes.JSON);
    }
    return response.build();
  }

  private EventStreamRecord find(SessionRecord session, String eventStream) {
    EventStreamRecord found = eventStreams.find(session.id(), eventStream);
    if (found == null) {
      throw unknown();
    }
    return found;
  }

  private static ProblemException unknown() {
    return ProblemException.notFound("there is no such event stream");
  }

  /// Those that are known: another version may have stored it.
  private static Set<EventKind> kinds(List<String> names) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String name : names) {
      EventKind kind = EventKind.named(name);
      if (kind != null) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
