package io.wishbone.it.cluster;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/// Classes that use the same kind of cluster come one after the other, those that use none first.
/// Where it is named: `tests-it/pom.xml`.
public final class ClusterOrder implements ClassOrderer {

  private static int place(ClassDescriptor tests) {
    return tests.findAnnotation(UsesCluster.class).map(each -> each.value().ordinal()).orElse(-1);
  }

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.<ClassDescriptor>comparingInt(ClusterOrder::place)
                .thenComparing(tests -> tests.getTestClass().getSimpleName()));
  }
}
