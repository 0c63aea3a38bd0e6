package io.wishbone.signaling.auth;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import org.jspecify.annotations.Nullable;

/// What the operator's program is asked.
///
/// @param remoteAddress the client's, without a port
/// @param query of the endpoint's URL, which is the operator's to use
record WebhookQuestion(
    SessionRole role,
    StreamName stream,
    Caller caller,
    @Nullable String remoteAddress,
    @Nullable String query,
    @Nullable String userAgent) {

  static WebhookQuestion of(
      SessionRole role,
      StreamName stream,
      Caller caller,
      @Nullable String remoteAddress,
      HttpServerRequest request) {
    return new WebhookQuestion(
        role, stream, caller, remoteAddress, request.query(), request.getHeader("User-Agent"));
  }

  /// As it is sent. What is not known is left out.
  String json() {
    var object = new JsonObject();
    object.put("action", action());
    object.put("stream", stream.value());
    switch (caller.credentials()) {
      case Credentials.Bearer(String token) -> object.put("token", token);
      case Credentials.Basic(String user, String password) ->
          object.put("user", user).put("token", password);
      case Credentials.None _, Credentials.Unreadable _ -> {}
    }
    putIfKnown(object, "subject", caller.subject());
    putIfKnown(object, "key", caller.key());
    putIfKnown(object, "remoteAddress", remoteAddress);
    putIfKnown(object, "query", query);
    putIfKnown(object, "userAgent", userAgent);
    return object.encode();
  }

  private String action() {
    return switch (role) {
      case PUBLISHER -> "publish";
      case SUBSCRIBER -> "play";
    };
  }

  private static void putIfKnown(JsonObject object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
