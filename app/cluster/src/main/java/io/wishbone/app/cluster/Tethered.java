package io.wishbone.app.cluster;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Arrays;

/// Runs another program in this process for as long as whoever started the process lives: standard
/// input ends with them, however they end.
public final class Tethered {

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private Tethered() {}

  /// @param arguments the main class, and its own arguments
  public static void main(String... arguments) throws Throwable {
    Thread.ofPlatform().daemon().name("tether").start(Tethered::endWithInput);
    MethodHandle main =
        MethodHandles.lookup()
            .findStatic(
                Class.forName(arguments[0]),
                "main",
                MethodType.methodType(void.class, String[].class));
    main.invoke(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    } catch (IOException _) {
      // The same.
    }
    Thread.ofPlatform().daemon().start(Tethered::endSurely);
    System.exit(0);
  }

  private static void endSurely() {
    try {
      Thread.sleep(FAREWELL);
    } catch (InterruptedException _) {
      // Then now.
    }
    Runtime.getRuntime().halt(1);
  }
}
