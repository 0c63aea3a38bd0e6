package io.wishbone.it.cluster;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/// All tests with a cluster whose nodes are alike.
@Suite
@SelectClasses({
  FailuresInCluster.class,
  OutagesInCluster.class,
  RollingRestartInCluster.class,
  SessionsInCluster.class
})
final class AlikeClusterSuite {

  private AlikeClusterSuite() {}
}
