package io.wishbone.it.cluster;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/// All tests with a cluster whose nodes are in three regions.
@Suite
@SelectClasses({
  CrowdInCluster.class,
  MetricsPageInCluster.class,
  OriginInCluster.class,
  PrometheusInCluster.class,
  RelaysInCluster.class,
  SecretsInCluster.class,
  TracesInCluster.class
})
final class RegionsClusterSuite {

  private RegionsClusterSuite() {}
}
