/// A cluster of real servers: a Kafka broker, an Infinispan Server, pods and nodes as processes.
@org.jspecify.annotations.NullMarked
package io.wishbone.it.cluster;
