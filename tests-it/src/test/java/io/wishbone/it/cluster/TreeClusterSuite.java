package io.wishbone.it.cluster;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/// All tests with a cluster whose relays are below each other.
@Suite
@SelectClasses({RelayTreeInCluster.class})
final class TreeClusterSuite {

  private TreeClusterSuite() {}
}
