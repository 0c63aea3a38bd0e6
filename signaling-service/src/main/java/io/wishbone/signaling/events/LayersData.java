package io.wishbone.signaling.events;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.SpatialLayer;
import io.wishbone.control.VideoLayer;
import java.util.List;

/// Writes the data of the event `layers`: for the picture's m-line, by its number, what a player
/// can choose, the best of each encoding first.
///
/// ```json
/// {"1":[{"rid":"h","encodingId":"h","spatialLayerId":0,"temporalLayerId":1,"bitrate":1200000,
///        "width":1280,"height":720},
///       {"rid":"h","encodingId":"h","spatialLayerId":0,"temporalLayerId":0,"bitrate":700000,
///        "width":1280,"height":720},
///       {"rid":"l","encodingId":"l","width":320,"height":180}]}
/// ```
///
/// What has no bitrate is not sent at present. An encoding that has but one layer is named by its
/// rid alone, or by that layer when it has none, for each has to be named somehow.
final class LayersData {

  private LayersData() {}

  static String of(int videoSection, List<VideoLayer> encodings) {
    var array = new JsonArray();
    encodings.forEach(encoding -> add(encoding, array));
    return new JsonObject().put(Integer.toString(videoSection), array).encode();
  }

  private static void add(VideoLayer encoding, JsonArray array) {
    List<SpatialLayer> spatialLayers = encoding.spatialLayers();
    if (spatialLayers.isEmpty()) {
      JsonObject json = named(encoding);
      if (encoding.rid() == null) {
        json.put("spatialLayerId", encoding.spatialLayer());
      }
      array.add(describe(json, encoding.bitrate(), encoding.width(), encoding.height()));
      return;
    }
    for (int spatial = spatialLayers.size() - 1; spatial >= 0; spatial--) {
      SpatialLayer layer = spatialLayers.get(spatial);
      for (int temporal = layer.bitrates().size() - 1; temporal >= 0; temporal--) {
        JsonObject json =
            named(encoding).put("spatialLayerId", spatial).put("temporalLayerId", temporal);
        array.add(describe(json, layer.bitrates().get(temporal), layer.width(), layer.height()));
      }
    }
  }

  private static JsonObject named(VideoLayer encoding) {
    var json = new JsonObject();
    if (encoding.rid() != null) {
      // The older name is what deployed players read.
      json.put("rid", encoding.rid()).put("encodingId", encoding.rid());
    }
    return json;
  }

  private static JsonObject describe(JsonObject json, long bitrate, int width, int height) {
    if (bitrate > 0) {
      json.put("bitrate", bitrate);
    }
    if (width > 0 && height > 0) {
      json.put("width", width).put("height", height);
    }
    return json;
  }
}
