package io.wishbone.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One Kubernetes resource.
record Manifest(JsonNode json) {

  private static final ObjectReader YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build()
          .readerFor(JsonNode.class);

  /// All documents of a YAML text that are resources.
  static List<Manifest> read(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readValues(yaml)) {
      List<Manifest> all = new ArrayList<>();
      documents.forEachRemaining(document -> {
        if (document.isObject()) {
          all.add(new Manifest(document));
        }
      });
      return all;
    } catch (JsonProcessingException failure) {
      throw new AssertionError(failure.getMessage(), failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String apiVersion() {
    return json.path("apiVersion").asText();
  }

  String kind() {
    return json.path("kind").asText();
  }

  String name() {
    return json.at("/metadata/name").asText();
  }

  boolean isA(String kind) {
    return kind().equals(kind);
  }

  /// The template of its pods; missing for what has none.
  JsonNode pod() {
    return json.at("/spec/template/spec");
  }

  boolean hasPods() {
    return pod().has("containers");
  }

  Map<String, String> podLabels() {
    return strings(json.at("/spec/template/metadata/labels"));
  }

  /// The containers that go on running.
  List<JsonNode> containers() {
    return elements(pod().path("containers")).toList();
  }

  List<JsonNode> allContainers() {
    return Stream.concat(elements(pod().path("initContainers")), elements(pod().path("containers")))
        .toList();
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static Map<String, String> strings(JsonNode object) {
    var all = new TreeMap<String, String>();
    object.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
    return all;
  }

  @Override
  public String toString() {
    return kind() + "/" + name();
  }
}
