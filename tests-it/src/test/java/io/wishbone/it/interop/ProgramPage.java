package io.wishbone.it.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A browser's window with `pages/index.html`, which runs one of the programs beside it.
final class ProgramPage {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PICTURES = 30;
  private static final double SOUNDS = 0.002;
  private static final Gson JSON = new Gson();

  /// Evaluates an expression in the page, waits for the promise that it may give, and returns what
  /// comes of it as JSON.
  interface Script {
    String evaluate(String expression);
  }

  private final Script script;

  ProgramPage(Script script) {
    this.script = script;
    await()
        .atMost(PATIENCE)
        .until(() -> evaluate("document.body?.dataset.ready === 'true'").getAsBoolean());
  }

  static ProgramPage in(Page page) {
    return new ProgramPage(expression ->
        String.valueOf(page.evaluate("async () => JSON.stringify(await (" + expression + "))")));
  }

  private JsonElement evaluate(String expression) {
    return JSON.fromJson(script.evaluate(expression), JsonElement.class);
  }

  /// Starts a program, which has its answer when this returns.
  ///
  /// @param name of the module in `pages`
  ProgramPage start(String name, URI endpoint, @Nullable String token) {
    String arguments = JSON.toJson(List.of(name, endpoint.toString()));
    evaluate("page.start(..." + arguments + (token == null ? ")" : ", '" + token + "')"));
    return this;
  }

  void stop() {
    evaluate("page.stop()");
  }

  void restart() {
    evaluate("page.restart()");
  }

  /// Waits for pictures that are decoded, and for sound.
  void awaitMedia() {
    awaitPictures();
    await().atMost(PATIENCE).until(() -> evaluate("page.loudness()").getAsDouble() > SOUNDS);
  }

  /// Waits for more pictures than there are now.
  void awaitPictures() {
    int before = frames();
    await().atMost(PATIENCE).until(() -> frames() >= before + PICTURES);
  }

  private int frames() {
    return evaluate("page.frames()").getAsInt();
  }

  /// The requests with a method, once there is one.
  List<Exchange> awaitExchanges(String method) {
    await().atMost(PATIENCE).until(() -> !exchanges(method).isEmpty());
    return exchanges(method);
  }

  List<Exchange> exchanges(String method) {
    JsonArray all = evaluate("page.exchanges").getAsJsonArray();
    return StreamSupport.stream(all.spliterator(), false)
        .map(element -> JSON.fromJson(element, Exchange.class))
        .filter(exchange -> exchange.method().equals(method))
        .toList();
  }

  /// Errors that no code of the page took care of.
  List<String> complaints() {
    JsonArray all = evaluate("page.complaints").getAsJsonArray();
    return StreamSupport.stream(all.spliterator(), false).map(JsonElement::getAsString).toList();
  }

  /// Stops the program and expects its DELETE to be answered with 200.
  void stopsWell() {
    stop();
    assertThat(awaitExchanges("DELETE")).extracting(Exchange::status).containsExactly(200);
  }
}
