package io.wishbone.control.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// Where a group begins on partitions of which it has noted nothing: at what came since a moment,
/// or at the end if nothing did.
///
/// The client could do that by itself (`auto.offset.reset`), but on a partition that has nothing
/// from that time it looks again only every half minute, and what comes first waits for that.
final class FirstOffsets {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private FirstOffsets() {}

  /// @return where they begin of which nothing was noted
  static Map<TopicPartition, OffsetAndMetadata> seek(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Instant since) {
    Map<TopicPartition, OffsetAndMetadata> noted =
        consumer.committed(Set.copyOf(partitions), PATIENCE);
    List<TopicPartition> fresh =
        partitions.stream().filter(partition -> noted.get(partition) == null).toList();
    if (fresh.isEmpty()) {
      return Map.of();
    }
    // The ends first: what comes between the two questions is found by the second one, or stands
    // behind the end.
    Map<TopicPartition, Long> ends = consumer.endOffsets(fresh, PATIENCE);
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            fresh.stream().collect(Collectors.toMap(each -> each, _ -> since.toEpochMilli())),
            PATIENCE);
    Map<TopicPartition, OffsetAndMetadata> begins = new HashMap<>();
    for (TopicPartition partition : fresh) {
      OffsetAndTimestamp first = found.get(partition);
      long offset = first == null ? ends.getOrDefault(partition, 0L) : first.offset();
      consumer.seek(partition, offset);
      begins.put(partition, new OffsetAndMetadata(offset));
    }
    return begins;
  }
}
