package io.wishbone.signaling.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionFigures;
import io.wishbone.control.VideoLayer;
import io.wishbone.signaling.events.StreamState;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.StreamRecord;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How streams, sessions and nodes are written. What is not known is left out.
final class AdminJson {

  private AdminJson() {}

  static Response ok(JsonObject object) {
    return Response.ok(object.encode(), MediaType.APPLICATION_JSON)
        .header("Cache-Control", "no-store")
        .build();
  }

  /// @param total how many there are, of which `items` may be the first
  static <T> Response list(String name, List<T> items, int total, Function<T, JsonObject> json) {
    var array = new JsonArray();
    items.forEach(item -> array.add(json.apply(item)));
    return ok(new JsonObject().put(name, array).put("total", total));
  }

  static JsonObject session(SessionRecord session, @Nullable SessionDiagnosis diagnosis) {
    var json =
        new JsonObject()
            .put("id", session.id().value())
            .put("alias", session.id().alias())
            .put("stream", session.stream().value())
            .put("role", word(session.role()))
            .put("state", word(session.state()))
            .put("node", session.node().value())
            .put("createdAt", session.createdAt().toString());
    putIfKnown(json, "subject", session.subject());
    putIfKnown(json, "key", session.key());
    putIfKnown(json, "diagnosis", diagnosis == null ? null : diagnosis(diagnosis));
    return json;
  }

  private static JsonObject diagnosis(SessionDiagnosis diagnosis) {
    SessionFigures figures = diagnosis.figures();
    var json =
        new JsonObject()
            .put("verdict", word(diagnosis.verdict()))
            .put("connected", diagnosis.connected())
            .put("packets", figures.packets())
            .put("bytes", figures.bytes())
            .put("bitrate", figures.bitrate())
            .put("lost", figures.lost())
            .put("loss", figures.loss())
            .put("nacks", figures.nacks())
            .put("repaired", figures.repaired())
            .put("keyframeRequests", figures.keyframeRequests());
    putIfKnown(json, "roundTripMillis", figures.roundTripMillis());
    putIfKnown(json, "jitterMillis", figures.jitterMillis());
    return json;
  }

  static JsonObject stream(StreamRecord stream, StreamState state) {
    var json =
        new JsonObject()
            .put("stream", stream.stream().value())
            .put("publisher", stream.publisher().value())
            .put("node", stream.node().value())
            .put("publishedSince", stream.publishedSince().toString());
    putIfKnown(json, "subject", stream.subject());
    putIfKnown(json, "key", stream.key());
    if (state.known()) {
      var nodes = new JsonArray();
      state.liveAt().stream().sorted().map(NodeId::value).forEach(nodes::add);
      var layers = new JsonArray();
      state.layers().forEach(layer -> layers.add(layer(layer)));
      json.put("live", state.live())
          .put("liveAt", nodes)
          .put("viewers", state.viewers())
          .put("layers", layers);
    }
    return json;
  }

  private static JsonObject layer(VideoLayer layer) {
    var json = new JsonObject();
    putIfKnown(json, "rid", layer.rid());
    return json.put("bitrate", layer.bitrate())
        .put("width", layer.width())
        .put("height", layer.height());
  }

  static JsonObject node(NodeRecord node) {
    return new JsonObject()
        .put("node", node.node().value())
        .put("region", node.region())
        .put("zone", node.zone())
        .put("publishers", node.publishers())
        .put("subscribers", node.subscribers())
        .put("capacity", node.capacity())
        .put("draining", node.draining())
        .put("packetsPerSecond", node.packetsPerSecond())
        .put("headroom", node.headroom())
        .put("reportedAt", node.reportedAt().toString());
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
