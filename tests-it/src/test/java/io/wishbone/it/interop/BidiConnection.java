package io.wishbone.it.interop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// WebDriver BiDi: commands with an id, and answers that name it, as JSON over a WebSocket.
final class BidiConnection implements WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 60;

  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final StringBuilder received = new StringBuilder();
  private @Nullable WebSocket socket;
  private int lastId;

  private BidiConnection() {}

  static BidiConnection open(HttpClient http, URI uri) {
    var connection = new BidiConnection();
    connection.socket = http.newWebSocketBuilder().buildAsync(uri, connection).join();
    return connection;
  }

  /// Sends a command and waits for its result.
  synchronized JsonObject ask(String method, JsonObject parameters) {
    if (socket == null) {
      throw new IllegalStateException("not open");
    }
    int id = ++lastId;
    var command = new JsonObject();
    command.addProperty("id", id);
    command.addProperty("method", method);
    command.add("params", parameters);
    var answer = new CompletableFuture<JsonObject>();
    waiting.put(id, answer);
    socket.sendText(command.toString(), true).join();
    JsonObject message = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (!message.has("result")) {
      throw new AssertionError(method + ": " + message);
    }
    return message.getAsJsonObject("result");
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    received.append(data);
    if (last) {
      JsonObject message = JsonParser.parseString(received.toString()).getAsJsonObject();
      received.setLength(0);
      // Events have no id, and nobody asked for them.
      if (message.has("id") && message.get("id").isJsonPrimitive()) {
        CompletableFuture<JsonObject> answer = waiting.remove(message.get("id").getAsInt());
        if (answer != null) {
          answer.complete(message);
        }
      }
    }
    from.request(1);
    return null;
  }
}
