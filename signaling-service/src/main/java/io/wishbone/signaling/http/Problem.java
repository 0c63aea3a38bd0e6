package io.wishbone.signaling.http;

import io.vertx.core.json.JsonObject;

/// Why a request failed, as `application/problem+json` (RFC 9457).
///
/// @param status the HTTP status code
/// @param title names the kind of fault, always the same for the same kind
/// @param detail one sentence on this occurrence, for the person who runs the client
public record Problem(int status, String title, String detail) {

  public static final String MEDIA_TYPE = "application/problem+json";

  String json() {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .encode();
  }
}
