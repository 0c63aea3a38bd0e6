package io.wishbone.signaling.region;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes small databases in the MaxMind DB format, version 2.0: a binary tree of address bits with
/// records of 24 bits, the data, and what is to be known of both. Networks must not overlap.
public final class GeoFile {

  private static final int ADDRESS_BITS = 128;
  private static final int IPV4_OFFSET = 96;
  private static final int SEPARATOR = 16;
  private static final byte[] MARKER = {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF};

  private static final int STRING = 2;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;

  /// For each node what a 0 and a 1 lead to: 0 nowhere, n the node n, -n the entry n - 1.
  private final List<int[]> nodes = new ArrayList<>();

  private final List<Map<String, ?>> entries = new ArrayList<>();

  public GeoFile() {
    nodes.add(new int[2]);
  }

  /// As a database of cities has it; one of countries has no subdivisions.
  public GeoFile with(String network, String continent, String country, String subdivision) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("continent", Map.of("code", continent));
    entry.put("country", Map.of("iso_code", country, "names", Map.of("en", "n")));
    if (!subdivision.isEmpty()) {
      entry.put("subdivisions", List.of(Map.of("iso_code", subdivision)));
    }
    return with(network, entry);
  }

  GeoFile with(String network, Map<String, ?> entry) {
    entries.add(entry);
    int slash = network.indexOf('/');
    byte[] address = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
    int length = Integer.parseInt(network.substring(slash + 1));
    boolean isShort = address.length == 4;
    byte[] bits = new byte[ADDRESS_BITS / Byte.SIZE];
    System.arraycopy(address, 0, bits, bits.length - address.length, address.length);
    int depth = isShort ? IPV4_OFFSET + length : length;
    int node = 0;
    for (int i = 0; i < depth - 1; i++) {
      int bit = bit(bits, i);
      if (nodes.get(node)[bit] == 0) {
        nodes.add(new int[2]);
        nodes.get(node)[bit] = nodes.size() - 1;
      }
      node = nodes.get(node)[bit];
    }
    nodes.get(node)[bit(bits, depth - 1)] = -entries.size();
    return this;
  }

  private static int bit(byte[] address, int index) {
    return address[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
  }

  public Path write(Path file) {
    var data = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    for (Map<String, ?> entry : entries) {
      offsets.add(data.size());
      value(data, entry);
    }
    var out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int target : node) {
        int record =
            target == 0
                ? nodes.size()
                : target > 0 ? target : nodes.size() + SEPARATOR + offsets.get(-target - 1);
        number(out, record, 3);
      }
    }
    out.writeBytes(new byte[SEPARATOR]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(MARKER);
    out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
    metadata(out);
    try {
      return Files.write(file, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void metadata(ByteArrayOutputStream out) {
    control(out, MAP, 9);
    field(out, "node_count", UINT32, nodes.size(), 4);
    field(out, "record_size", UINT16, 24, 2);
    field(out, "ip_version", UINT16, 6, 2);
    field(out, "binary_format_major_version", UINT16, 2, 2);
    field(out, "binary_format_minor_version", UINT16, 0, 2);
    field(out, "build_epoch", UINT64, 1, 8);
    value(out, "database_type");
    value(out, "Test-City");
    value(out, "languages");
    value(out, List.of("en"));
    value(out, "description");
    value(out, Map.of("en", "made for a test"));
  }

  private static void field(
      ByteArrayOutputStream out, String name, int type, int value, int bytes) {
    value(out, name);
    control(out, type, bytes);
    number(out, value, bytes);
  }

  private static void value(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        control(out, STRING, bytes.length);
        out.writeBytes(bytes);
      }
      case Map<?, ?> map -> {
        control(out, MAP, map.size());
        map.forEach((key, each) -> {
          value(out, key);
          value(out, each);
        });
      }
      case List<?> list -> {
        control(out, ARRAY, list.size());
        list.forEach(each -> value(out, each));
      }
      default -> throw new IllegalArgumentException("not written: " + value);
    }
  }

  /// Sizes below 29 only. The types beyond 7 stand in a byte of their own.
  private static void control(ByteArrayOutputStream out, int type, int size) {
    if (size > 28) {
      throw new IllegalArgumentException("too long: " + size);
    }
    if (type <= MAP) {
      out.write(type << 5 | size);
    } else {
      out.write(size);
      out.write(type - MAP);
    }
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >> Byte.SIZE * i));
    }
  }
}
