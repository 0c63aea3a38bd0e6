package io.wishbone.webrtc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each fuzz target searches for some seconds in every build, beside its seeds. `./wishbone fuzz`
/// does it for hours.
class FuzzTargetsTest {

  private static final Duration TIME = Duration.ofSeconds(3);
  private static final int AT_ONCE = 2;

  @TempDir static Path directory;
  private static final Map<Method, Future<FuzzProcess.Result>> searches = new LinkedHashMap<>();
  private static ExecutorService executor;

  @BeforeAll
  static void start() throws IOException {
    executor = Executors.newFixedThreadPool(AT_ONCE);
    for (Method target : targets()) {
      searches.put(target, executor.submit(() -> search(target)));
    }
  }

  @AfterAll
  static void stop() {
    executor.shutdownNow();
  }

  private static FuzzProcess.Result search(Method target) {
    return FuzzProcess.search(
        target.getDeclaringClass(), target.getName(), TIME, directory.resolve(name(target)));
  }

  private static String name(Method target) {
    return target.getDeclaringClass().getSimpleName() + "." + target.getName();
  }

  private static List<Method> targets() throws IOException {
    Path root = Path.of("target/test-classes");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith("Test.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .flatMap(FuzzTargetsTest::targetsOf)
          .sorted(Comparator.comparing(FuzzTargetsTest::name))
          .toList();
    }
  }

  private static Stream<Method> targetsOf(String name) {
    try {
      Class<?> type = Class.forName(name, false, FuzzTargetsTest.class.getClassLoader());
      return Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(FuzzTest.class));
    } catch (ClassNotFoundException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @TestFactory
  Stream<DynamicTest> nothingBreaksInSomeSeconds() {
    assertThat(searches.size()).as("targets").isGreaterThanOrEqualTo(13);
    return searches.entrySet().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                name(each.getKey()),
                () -> {
                  FuzzProcess.Result result = each.getValue().get();
                  System.out.printf("%s: %d inputs%n", name(each.getKey()), result.inputs());
                  assertThat(result.exitCode()).as(result.output()).isZero();
                  assertThat(result.inputs()).as(result.output()).isGreaterThan(100);
                }));
  }

  /// A fault and a slow input are found, or the searches above would mean nothing.
  @Test
  void findsAFaultAndASlowInput() {
    for (String method : List.of("fails", "isSlow")) {
      FuzzProcess.Result result =
          FuzzProcess.search(BrokenTarget.class, method, TIME, directory.resolve(method));
      assertThat(result.exitCode()).as(result.output()).isNotZero();
      assertThat(result.output())
          .contains(method.equals("fails") ? "cannot be read" : "of a processor");
    }
  }
}
