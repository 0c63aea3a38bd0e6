package io.wishbone.it.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of tests that use a cluster of this kind, which it gets as a parameter and neither
/// starts nor ends. It leaves the cluster as it got it: everybody there and ready, no session left.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedCluster.class)
@interface UsesCluster {

  ClusterKind value();
}
