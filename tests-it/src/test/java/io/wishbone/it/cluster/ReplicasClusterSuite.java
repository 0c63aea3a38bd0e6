package io.wishbone.it.cluster;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/// All tests with a cluster of which any broker and any server of the store may die.
@Suite
@SelectClasses({BrokersInCluster.class, ReplicasInCluster.class})
final class ReplicasClusterSuite {

  private ReplicasClusterSuite() {}
}
