package io.wishbone.it.interop;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/// A client's row of the table, filled by what its tests that are marked with [Shows] came to.
///
/// `@Order(1) @RegisterExtension static final ClientRow row = ClientRow.of("aiortc");`
final class ClientRow implements BeforeAllCallback, TestWatcher, AfterAllCallback {
  private final String client;
  private final Map<Ability, Result> results = new EnumMap<>(Ability.class);
  private final Map<Ability, String> conditions = new EnumMap<>(Ability.class);
  private List<Source> sources = List.of();
  private String version = "";
  private String note = "";

  private ClientRow(String client) {
    this.client = client;
  }

  static ClientRow of(String client) {
    return new ClientRow(client);
  }

  /// Where `tests-it/interop/install` gets it from. When that could not be done here, the class is
  /// skipped with one line that says why; a client that is missing nevertheless fails its tests.
  ClientRow from(Source... installed) {
    sources = List.of(installed);
    return this;
  }

  void version(String text) {
    version = text;
  }

  void note(String text) {
    note = text;
  }

  /// Says in the cell what it takes for the client to be able to.
  void condition(Ability ability, String text) {
    conditions.put(ability, text);
  }

  /// Ends the class: it cannot be run here.
  TestAbortedException notRun(String reason) {
    note = reason;
    System.out.println(client + " is not run: " + reason);
    return new TestAbortedException(reason);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
        .map(method -> method.getAnnotation(Shows.class))
        .filter(shows -> shows != null)
        .forEach(shows -> settle(shows, Result.NOT_RUN));
    for (Source source : sources) {
      String missing = source.missing();
      if (missing != null) {
        throw notRun(missing);
      }
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    settle(context, Result.YES);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    settle(context, Result.FAILED);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Map<Ability, String> cells = new EnumMap<>(Ability.class);
    results.forEach((ability, result) -> cells.put(ability, cell(ability, result)));
    InteropTable.add(client, version, cells, note);
  }

  private String cell(Ability ability, Result result) {
    String condition = conditions.get(ability);
    return result == Result.YES && condition != null
        ? result.text() + ", " + condition
        : result.text();
  }

  private void settle(ExtensionContext context, Result result) {
    Optional.ofNullable(context.getRequiredTestMethod().getAnnotation(Shows.class))
        .ifPresent(shows -> settle(shows, result));
  }

  /// Of several tests that show the same, a failed one counts.
  private void settle(Shows shows, Result result) {
    for (Ability ability : shows.value()) {
      results.merge(ability, result, (old, now) -> old == Result.FAILED ? old : now);
    }
  }
}
