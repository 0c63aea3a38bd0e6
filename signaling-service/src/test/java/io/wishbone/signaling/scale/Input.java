package io.wishbone.signaling.scale;

import java.util.Locale;

/// A number that docs/scale.md reckons with.
///
/// @param measured where it was measured, or is held by a test; empty for an assumption
public enum Input {
  PACKET(1.05, "µs", "of a core for each packet that a viewer gets", "`./wishbone bench`"),
  SESSION(8.0, "ms", "of pods' cores for a POST and its DELETE", "a cluster"),
  OPERATION(0.1, "ms", "of a store's cores for an operation", "a cluster"),
  RECORD(0.4, "ms", "of a broker's cores for a record", "a cluster"),
  READ(0.3, "ms", "for the store to read an entry", "a real server, one client"),
  WRITE(1.1, "ms", "for the store to change an entry", "a real server, one client"),
  REPLY(2.2, "ms", "for command and reply over Kafka", "a real broker, one client"),

  BITRATE(2.5, "Mbit/s", "that a viewer gets, in packets of 1150 bytes", ""),
  AUDIO(50, "packets/s", "of audio besides", ""),
  LAYERS(1.4, "times", "what the best layer has is what all have together", ""),
  STAY(1200, "s", "that a viewer stays", ""),
  RUSH(600, "s", "in which all viewers come, at the worst", ""),
  NODE_CORES(8, "cores", "of a node that carry media", ""),
  NODE_LINK(10, "Gbit/s", "of a node's network", ""),
  POD_CORES(2, "cores", "of a signalling process", ""),
  USE(0.6, "", "of a core or a network that may be used", ""),
  STORE_CORES(4, "cores", "of a server of the store", ""),
  OWNERS(2, "servers", "of the store that have each entry", ""),
  BROKER_CORES(4, "cores", "of a broker", ""),
  COPIES(3, "brokers", "that have each record", "");

  final double value;
  final String unit;
  final String meaning;
  final String measured;

  Input(double value, String unit, String meaning, String measured) {
    this.value = value;
    this.unit = unit;
    this.meaning = meaning;
    this.measured = measured;
  }

  String row() {
    String number =
        value == Math.rint(value)
            ? String.format(Locale.ROOT, "%,.0f", value)
            : Double.toString(value);
    return "| %s %s | %s | %s |"
        .formatted(number, unit, meaning, measured.isEmpty() ? "assumed" : measured)
        .replace("  |", " |");
  }
}
