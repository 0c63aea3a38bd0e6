package io.wishbone.signaling.whep;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.wishbone.signaling.http.ProblemException;
import org.jspecify.annotations.Nullable;

/// Reads which quality a player asks for. What is not said, or null, is left to the server; members
/// that nobody knows are ignored.
///
/// @param section which m-line it is about, counted from 0; null for the picture's
/// @param rid the name of an encoding, null for none in particular
/// @param maxWidth in pixels, null for any
/// @param maxHeight in pixels, null for any
/// @param spatialLayer of the encoding, null for none in particular
/// @param temporalLayer of the encoding, null for none in particular
/// @param maxSpatialLayer null for any
/// @param maxTemporalLayer null for any
record LayerWish(
    @Nullable Integer section,
    @Nullable String rid,
    @Nullable Integer maxWidth,
    @Nullable Integer maxHeight,
    @Nullable Integer spatialLayer,
    @Nullable Integer temporalLayer,
    @Nullable Integer maxSpatialLayer,
    @Nullable Integer maxTemporalLayer) {

  private static final int MAX_RID = 64;
  private static final int MAX_SECTIONS = 16;

  /// @throws ProblemException 400 when it is no such object, 422 when it asks for what there is not
  static LayerWish parse(String text) {
    JsonObject json = object(text);
    return new LayerWish(
        section(json),
        rid(json),
        number(json, "maxWidth", 1),
        number(json, "maxHeight", 1),
        number(json, "spatialLayerId", 0),
        number(json, "temporalLayerId", 0),
        number(json, "maxSpatialLayerId", 0),
        number(json, "maxTemporalLayerId", 0));
  }

  private static JsonObject object(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException _) {
      throw ProblemException.malformed("the body is no JSON object");
    }
  }

  /// The m-line's number, as text or as a number.
  private static @Nullable Integer section(JsonObject json) {
    Object value = json.getValue("mediaId");
    if (value == null) {
      return null;
    }
    String text = value instanceof Integer || value instanceof String ? value.toString() : "";
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) >= MAX_SECTIONS) {
      throw ProblemException.malformed("mediaId is the number of an m-line, counted from 0");
    }
    return Integer.valueOf(text);
  }

  /// By its present name or by the older one.
  private static @Nullable String rid(JsonObject json) {
    String rid = text(json, "rid");
    String older = text(json, "encodingId");
    if (rid != null && older != null && !rid.equals(older)) {
      throw ProblemException.unprocessable("rid and encodingId name different encodings");
    }
    return rid == null ? older : rid;
  }

  private static @Nullable String text(JsonObject json, String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && !text.isEmpty() && text.length() <= MAX_RID) {
      return text;
    }
    throw ProblemException.malformed(name + " is the name of an encoding");
  }

  private static @Nullable Integer number(JsonObject json, String name, int least) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Integer number && number >= least) {
      return number;
    }
    throw ProblemException.malformed(name + " is a whole number from " + least + " on");
  }
}
