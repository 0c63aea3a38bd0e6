package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.Member;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a class of tests the cluster that it asks for by [UsesCluster]: the one that the class
/// before it has used, where that is of the same kind. One runs at a time: the machine has few
/// cores.
final class SharedCluster implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

  private static final Namespace HERE = Namespace.create(SharedCluster.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Ends with the tests, or sooner.
  private static final class Present implements AutoCloseable {
    private final long begin = System.nanoTime();
    private @Nullable ClusterKind kind;
    private @Nullable TestCluster cluster;
    private double starting;
    private int count;

    TestCluster of(ClusterKind wanted) {
      if (cluster == null || kind != wanted) {
        end();
        long began = System.nanoTime();
        cluster = TestCluster.start(wanted);
        kind = wanted;
        starting += since(began);
        count++;
        System.out.printf(
            Locale.ROOT,
            "a cluster (%s) was ready after %.1f s%n",
            wanted.name().toLowerCase(Locale.ROOT),
            since(began));
      }
      return cluster;
    }

    private void end() {
      if (cluster != null) {
        cluster.close();
        cluster = null;
      }
    }

    private static double since(long nanos) {
      return (System.nanoTime() - nanos) / 1e9;
    }

    @Override
    public void close() {
      end();
      System.out.printf(
          Locale.ROOT,
          "clusters: %d were started, which took %.0f s of %.0f s%n",
          count,
          starting,
          since(begin));
    }
  }

  private static TestCluster cluster(ExtensionContext context) {
    return present(context)
        .of(context.getRequiredTestClass().getAnnotation(UsesCluster.class).value());
  }

  private static Present present(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .getOrComputeIfAbsent(Present.class, _ -> new Present(), Present.class);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cluster(context);
  }

  /// Whoever comes next finds it as this one did, or another one.
  @Override
  public void afterAll(ExtensionContext context) {
    TestCluster cluster = cluster(context);
    try {
      awaitCalm(cluster, context.getDisplayName());
    } catch (RuntimeException | Error broken) {
      present(context).end();
      throw broken;
    }
  }

  private static void awaitCalm(TestCluster cluster, String tests) {
    cluster.cluster().pods().forEach(Member::awaitReady);
    cluster.cluster().nodes().forEach(Member::awaitReady);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(cluster.sessionsAtNodes())
                .as("sessions that %s leaves behind", tests)
                .isZero());
  }
}
