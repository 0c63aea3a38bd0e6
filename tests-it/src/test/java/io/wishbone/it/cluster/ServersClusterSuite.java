package io.wishbone.it.cluster;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/// All tests with a broker or a server of the store alone, or a cluster of their own.
@Suite
@SelectClasses({
  ClusterProgramInCluster.class,
  DetourStoreInCluster.class,
  EdgeStoreInCluster.class,
  EventStreamStoreInCluster.class,
  KafkaCarrierInCluster.class,
  LifespansInCluster.class,
  LostNodeStoreInCluster.class,
  NodeStoreInCluster.class,
  RevocationStoreInCluster.class,
  SessionStoreInCluster.class,
  StrangeMessagesInCluster.class,
  StreamStoreInCluster.class,
  UnreadableEntriesInCluster.class
})
final class ServersClusterSuite {

  private ServersClusterSuite() {}
}
