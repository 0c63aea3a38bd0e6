package io.wishbone.k8s;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What can be handed to `kubectl apply -k`.
enum Overlay {
  SINGLE_REGION("single-region"),
  PLAIN("plain"),
  LOAD_BALANCER("load-balancer"),
  EU_WEST("multi-region/eu-west"),
  US_EAST("multi-region/us-east");

  private static final Map<Overlay, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  private final String folder;

  Overlay(String folder) {
    this.folder = folder;
  }

  String folder() {
    return folder;
  }

  /// Its resources, as kubectl renders them.
  List<Manifest> manifests() {
    return RENDERED.computeIfAbsent(
        this,
        overlay ->
            Manifest.read(Tool.KUBECTL.run(List.of("kustomize", "overlays/" + overlay.folder))));
  }

  List<Manifest> of(String kind) {
    return manifests().stream().filter(manifest -> manifest.isA(kind)).toList();
  }

  Manifest one(String kind, String name) {
    List<Manifest> all =
        of(kind).stream().filter(manifest -> manifest.name().equals(name)).toList();
    if (all.size() != 1) {
      throw new AssertionError(this + " has " + all.size() + " of " + kind + "/" + name);
    }
    return all.getFirst();
  }

  List<Manifest> workloads() {
    return manifests().stream().filter(Manifest::hasPods).toList();
  }

  /// What its region is called; of those of [#regions].
  String region() {
    return folder.replace("multi-region/", "");
  }

  /// Those that are one region each, of one cluster.
  static List<Overlay> regions() {
    return Arrays.stream(values()).filter(o -> o.folder.startsWith("multi-region/")).toList();
  }
}
