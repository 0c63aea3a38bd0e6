package io.wishbone.control.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/// Who a record is for: its key. Both ends compute the partition alike.
final class Addressee {

  private Addressee() {}

  static int partition(String name, int partitions) {
    return Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
