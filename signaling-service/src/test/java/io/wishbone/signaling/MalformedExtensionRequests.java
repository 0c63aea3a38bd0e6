package io.wishbone.signaling;

import io.wishbone.signaling.MalformedRequests.Malformed;
import java.util.ArrayList;
import java.util.List;

/// The same for the two extensions of WHEP: choices of a quality, and event streams.
final class MalformedExtensionRequests {
  private static final String JSON = "application/json";

  private final List<Malformed> all = new ArrayList<>();
  private final String layer;
  private final String events;
  private final String stream;

  /// @param player path of a live WHEP session
  /// @param unknown an id of the right form that nothing has
  MalformedExtensionRequests(String player, String unknown) {
    layer = player + "/layer";
    events = player + "/events";
    stream = events + "/" + unknown;
    choices();
    wishes();
    for (String url : List.of(layer, events)) {
      bodies(url);
      contentTypes(url);
      otherSessions(url.substring(url.lastIndexOf('/')), unknown);
    }
    methods();
    paths();
    otherEventStreams();
  }

  List<Malformed> all() {
    return List.copyOf(all);
  }

  private void choices() {
    for (String choice :
        List.of(
            "[]",
            "\"h\"",
            "7",
            "null",
            "true",
            "[{\"rid\":\"h\"}]",
            "{rid:\"h\"}",
            "{'rid':'h'}",
            "{\"rid\":\"h\"",
            "{\"rid\":\"h\",}",
            "{\"rid\":7}",
            "{\"rid\":\"\"}",
            "{\"rid\":[\"h\"]}",
            "{\"rid\":{\"a\":1}}",
            "{\"rid\":\"" + "x".repeat(65) + "\"}",
            "{\"encodingId\":true}",
            "{\"rid\":\"h\",\"encodingId\":\"l\"}",
            "{\"mediaId\":\"x\"}",
            "{\"mediaId\":\"-1\"}",
            "{\"mediaId\":\"99\"}",
            "{\"mediaId\":1.5}",
            "{\"mediaId\":[]}",
            "{\"mediaId\":\"15\",\"rid\":\"h\"}",
            "{\"spatialLayerId\":-1}",
            "{\"spatialLayerId\":\"0\"}",
            "{\"spatialLayerId\":4294967296}",
            "{\"spatialLayerId\":1e400}",
            "{\"temporalLayerId\":0.5}",
            "{\"temporalLayerId\":" + "9".repeat(4000) + "}",
            "{\"temporalLayerId\":[0]}",
            "{\"maxSpatialLayerId\":true}",
            "{\"maxSpatialLayerId\":-2147483649}",
            "{\"maxTemporalLayerId\":{}}",
            "{\"maxWidth\":0}",
            "{\"maxWidth\":-640}",
            "{\"maxWidth\":\"640\"}",
            "{\"maxHeight\":99999999999}",
            "{\"maxHeight\":NaN}",
            "{\"a\":" + "[".repeat(5000))) {
      post("choice '%.30s'".formatted(choice), layer, choice, JSON);
    }
  }

  private void wishes() {
    for (String wish :
        List.of(
            "{}",
            "\"active\"",
            "7",
            "null",
            "[]",
            "[",
            "[active]",
            "['active']",
            "[\"active\",]",
            "[\"Active\"]",
            "[\"active \"]",
            "[\"scte35\"]",
            "[\"active\",\"none\"]",
            "[7]",
            "[null]",
            "[true]",
            "[[\"active\"]]",
            "[{\"name\":\"active\"}]",
            "[\"" + "x".repeat(5000) + "\"]",
            "[" + "\"active\",".repeat(2000) + "\"active\"]",
            "[".repeat(5000))) {
      post("events '%.30s'".formatted(wish), events, wish, JSON);
    }
  }

  private void bodies(String url) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    for (String body : List.of("\u0000", "\u00ff\u00fe", "{\u0001}", "<rid>h</rid>", "rid=h")) {
      post("%s body '%s'".formatted(name, body), url, body, JSON);
    }
    post(name + " body of 64 KiB and more", url, "{\"a\":\"" + "x".repeat(65_536) + "\"}", JSON);
  }

  private void contentTypes(String url) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    String body = url.equals(layer) ? "{}" : "[\"active\"]";
    for (String type :
        List.of(
            "", "text/plain", "application/sjon", "application/sdp", "json", ";", "*/*", "a/b/c")) {
      post("%s as '%s'".formatted(name, type), url, body, type);
    }
  }

  private void otherSessions(String extension, String unknown) {
    for (String id : List.of(unknown, "x", "a".repeat(500), "%00", "..%2F..", "a;b", "~")) {
      String body = extension.equals("/layer") ? "{}" : "[\"active\"]";
      post(
          "%s of session '%.12s'".formatted(extension, id),
          "/whep/resource/" + id + extension,
          body,
          JSON);
    }
    // Publishers have neither.
    post(extension + " of WHIP", "/whip/resource/" + unknown + extension, "{}", JSON);
  }

  private void methods() {
    for (String method : List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "FOO", "post")) {
      add(method, layer, "{}");
      add(method, events, "[\"active\"]");
    }
    for (String method : List.of("POST", "PUT", "PATCH", "TRACE", "get")) {
      add(method, stream, "[\"active\"]");
    }
  }

  private void paths() {
    for (String suffix : List.of("s", "/x", "/%2F", "%00", "/..;/x", "//x")) {
      post("layer" + suffix, layer + suffix, "{}", JSON);
    }
  }

  private void otherEventStreams() {
    for (String id :
        List.of("x", "%00", "a".repeat(500), "..%2F..%2Flayer", "a;b", "~", "%F0%9F%92%A9")) {
      for (String method : List.of("GET", "HEAD", "DELETE")) {
        add(method, events + "/" + id, "");
      }
    }
  }

  private void post(String name, String path, String body, String type) {
    byte[] bytes = MalformedRequests.request("POST", path, body, "Content-Type", type);
    all.add(new Malformed("whep " + name, bytes, false));
  }

  private void add(String method, String path, String body) {
    byte[] bytes = MalformedRequests.request(method, path, body, "Content-Type", JSON);
    all.add(new Malformed("whep %s of %.60s".formatted(method, path), bytes, false));
  }
}
