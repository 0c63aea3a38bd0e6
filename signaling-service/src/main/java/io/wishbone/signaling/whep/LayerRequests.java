package io.wishbone.signaling.whep;

import io.wishbone.control.LayerSelected;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SelectLayer;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.signaling.dispatch.Refusals;
import io.wishbone.signaling.http.AllowedMethods;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.RequestBody;
import io.wishbone.signaling.limits.SubjectLimit;
import io.wishbone.signaling.session.SessionRequests;
import io.wishbone.store.SessionRecord;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Lets players choose the quality of the picture: the layer selection extension.
@Singleton
final class LayerRequests {

  private final SessionRequests sessions;
  private final Dispatcher dispatcher;
  private final SubjectLimit limit;

  LayerRequests(SessionRequests sessions, Dispatcher dispatcher, SubjectLimit limit) {
    this.sessions = sessions;
    this.dispatcher = dispatcher;
    this.limit = limit;
  }

  /// Chooses a quality. What the body does not say is left to the server.
  Response post(
      String id, @Nullable String authorization, @Nullable String contentType, InputStream body) {
    SessionRecord session = sessions.open(SessionRole.SUBSCRIBER, id, authorization);
    limit.check(session.subject(), session.key());
    if (!ContentTypes.matches(contentType, ContentTypes.JSON)) {
      throw ProblemException.unsupportedMediaType(
          "a choice is " + ContentTypes.JSON, "Accept-Post", ContentTypes.JSON);
    }
    LayerWish wish = LayerWish.parse(RequestBody.text(body));
    checkSection(session, wish);
    Reply reply =
        dispatcher.send(
            session.node(),
            new SelectLayer(
                session.id(),
                wish.rid(),
                wish.maxWidth(),
                wish.maxHeight(),
                wish.spatialLayer(),
                wish.temporalLayer(),
                wish.maxSpatialLayer(),
                wish.maxTemporalLayer()));
    return switch (reply) {
      case LayerSelected _ -> Response.ok().build();
      case Refused refused -> throw Refusals.problem(refused);
      case Reply other ->
          throw new IllegalStateException("not an answer to a choice: " + other.getClass());
    };
  }

  private static void checkSection(SessionRecord session, LayerWish wish) {
    Integer video = session.videoSection();
    if (video == null) {
      throw ProblemException.unprocessable("the session has no picture");
    }
    if (wish.section() != null && !wish.section().equals(video)) {
      throw ProblemException.unprocessable("mediaId: the m-line of the picture is " + video);
    }
  }

  /// Answers preflights too, so it asks for no token and tells nothing of the session.
  Response options() {
    return Response.ok()
        .header(HttpHeaders.ALLOW, AllowedMethods.EVENTS)
        .header("Accept-Post", ContentTypes.JSON)
        .build();
  }
}
