package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.SelectClasses;

/// `./wishbone cluster-test` runs suites: a class of tests that is in none would not be run.
class ClusterSuitesTest {

  private static final Path SOURCES =
      ServerProgram.root().resolve("tests-it/src/test/java/io/wishbone/it/cluster");

  private static Stream<Class<?>> classes(String ending) throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(ending + ".java"))
              .map(name -> name.substring(0, name.lastIndexOf('.')))
              .toList();
      return names.stream().map(ClusterSuitesTest::load);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(ClusterSuitesTest.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException failure) {
      throw new AssertionError(failure);
    }
  }

  private static List<Class<?>> tests(Class<?> suite) {
    return List.of(suite.getAnnotation(SelectClasses.class).value());
  }

  private static Optional<ClusterKind> kind(Class<?> tests) {
    return Optional.ofNullable(tests.getAnnotation(UsesCluster.class)).map(UsesCluster::value);
  }

  @Test
  void haveEachClassOnce() throws IOException {
    List<Class<?>> all = classes("ClusterSuite").flatMap(suite -> tests(suite).stream()).toList();
    assertThat(all)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            classes("InCluster").filter(each -> !each.isAnnotationPresent(Tag.class)).toList());
  }

  @Test
  void haveClassesOfOneKindEach() throws IOException {
    assertThat(classes("ClusterSuite").toList())
        .hasSize(ClusterKind.values().length + 1)
        .allSatisfy(suite ->
            assertThat(tests(suite).stream().map(ClusterSuitesTest::kind).distinct()).hasSize(1));
  }
}
