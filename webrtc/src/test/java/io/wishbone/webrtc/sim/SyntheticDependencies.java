package io.wishbone.webrtc.sim;

import java.util.ArrayList;
import java.util.List;

/// Dependency descriptors of a [LayeredCamera]: one decode target for each spatial and temporal
/// layer, two templates for the lowest temporal layer (keyframes have their own), no chains.
public final class SyntheticDependencies {
  private static final int NOT_PRESENT = 0;
  private static final int DISCARDABLE = 1;
  private static final int SWITCH = 2;
  private static final int REQUIRED = 3;

  private record Template(int spatial, int temporal, boolean keyframe) {}

  private final int spatialLayers;
  private final int temporalLayers;
  private final List<Template> templates = new ArrayList<>();
  private int frameNumber = -1;

  public SyntheticDependencies(int spatialLayers, int temporalLayers) {
    this.spatialLayers = spatialLayers;
    this.temporalLayers = temporalLayers;
    for (int spatial = 0; spatial < spatialLayers; spatial++) {
      templates.add(new Template(spatial, 0, true));
      for (int temporal = 0; temporal < temporalLayers; temporal++) {
        templates.add(new Template(spatial, temporal, false));
      }
    }
  }

  /// The descriptor of the next packet.
  public byte[] of(LayeredPacket packet) {
    frameNumber += packet.isFirst() ? 1 : 0;
    var bits = new StringBuilder();
    put(bits, packet.isFirst() ? 1 : 0, 1);
    put(bits, packet.isLast() ? 1 : 0, 1);
    put(
        bits,
        templates.indexOf(new Template(packet.spatial(), packet.temporal(), packet.keyframe())),
        6);
    put(bits, frameNumber & 0xFFFF, 16);
    if (packet.keyframe() && packet.isFirst() && packet.spatial() == 0) {
      put(bits, 0b10000, 5);
      putStructure(bits);
    }
    while (bits.length() % Byte.SIZE != 0) {
      bits.append('0');
    }
    byte[] bytes = new byte[bits.length() / Byte.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }

  private void putStructure(StringBuilder bits) {
    int targets = spatialLayers * temporalLayers;
    put(bits, 0, 6);
    put(bits, targets - 1, 5);
    for (int i = 0; i < templates.size(); i++) {
      Template next = i + 1 < templates.size() ? templates.get(i + 1) : null;
      Template each = templates.get(i);
      put(
          bits,
          next == null
              ? 3
              : next.spatial > each.spatial ? 2 : next.temporal > each.temporal ? 1 : 0,
          2);
    }
    for (Template template : templates) {
      for (int spatial = 0; spatial < spatialLayers; spatial++) {
        for (int temporal = 0; temporal < temporalLayers; temporal++) {
          put(bits, indication(template, spatial, temporal), 2);
        }
      }
    }
    templates.forEach(_ -> put(bits, 0, 1)); // no frame differences
    put(bits, 0, 31 - Integer.numberOfLeadingZeros(targets + 1)); // no chains
    put(bits, 1, 1);
    for (int i = 0; i < spatialLayers; i++) {
      put(bits, (1280 >> (spatialLayers - 1 - i)) - 1, 16);
      put(bits, (720 >> (spatialLayers - 1 - i)) - 1, 16);
    }
  }

  private static int indication(Template template, int spatial, int temporal) {
    if (template.spatial > spatial || template.temporal > temporal) {
      return NOT_PRESENT;
    }
    if (template.keyframe) {
      return SWITCH;
    }
    if (template.spatial < spatial) {
      return REQUIRED;
    }
    boolean reference = template.temporal == 0 || template.temporal < temporal;
    return reference ? SWITCH : DISCARDABLE;
  }

  private static void put(StringBuilder bits, int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      bits.append(value >> i & 1);
    }
  }
}
