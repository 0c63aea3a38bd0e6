package io.wishbone.signaling.events;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.VideoLayer;
import java.util.List;

/// Writes the data of the event `layers`: for the picture's m-line, by its number, the qualities.
///
/// ```json
/// {"0":[{"rid":"h","encodingId":"h","bitrate":1200000,"width":1280,"height":720},
///       {"rid":"l","encodingId":"l","width":320,"height":180}]}
/// ```
///
/// A quality without a bitrate is not sent at present. The only quality of a picture without
/// simulcast has no name; it goes by its highest spatial layer, for each has to be named somehow.
final class LayersData {

  private LayersData() {}

  static String of(int videoSection, List<VideoLayer> layers) {
    var array = new JsonArray();
    layers.forEach(layer -> array.add(json(layer)));
    return new JsonObject().put(Integer.toString(videoSection), array).encode();
  }

  private static JsonObject json(VideoLayer layer) {
    var json = new JsonObject();
    if (layer.rid() == null) {
      json.put("spatialLayerId", layer.spatialLayer());
    } else {
      // The older name is what deployed players read.
      json.put("rid", layer.rid()).put("encodingId", layer.rid());
    }
    if (layer.bitrate() > 0) {
      json.put("bitrate", layer.bitrate());
    }
    if (layer.width() > 0 && layer.height() > 0) {
      json.put("width", layer.width()).put("height", layer.height());
    }
    return json;
  }
}
