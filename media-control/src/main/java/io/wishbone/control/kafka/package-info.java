/// The carrier of a cluster: commands, replies and events over Kafka.
///
/// | topic | key | who reads it |
/// |---|---|---|
/// | commands | node | each node, the partition that its name falls on |
/// | replies | pod | each pod, the partition that its name falls on |
/// | events | node | the pods together, as one consumer group, and every pod by itself |
/// | heartbeats | node | every pod by itself |
/// | lifecycle | stream | programs of others: docs/events.md; the pods together, for a webhook |
///
/// Names of nodes and pods may fall on the same partition: records name their addressee, and others
/// pass over what is not theirs. Partitions are assigned by hand, so nothing ever waits for a
/// rebalance on the way of an offer.
///
/// Threads: one polls for each consumer, one feeds the producer; commands and replies are handed on
/// from the polling thread, where nobody may block. While no broker can be reached nothing here
/// fails for good: commands fail at their deadline, events wait in a bounded queue, consumers go on
/// where they were.
///
/// Read first: [io.wishbone.control.kafka.KafkaPod] and [io.wishbone.control.kafka.KafkaNode], all
/// that a program needs; then [io.wishbone.control.kafka.KafkaMediaNodes] and
/// [io.wishbone.control.kafka.KafkaCommands], the two ends of a command.
@NullMarked
package io.wishbone.control.kafka;

import org.jspecify.annotations.NullMarked;
