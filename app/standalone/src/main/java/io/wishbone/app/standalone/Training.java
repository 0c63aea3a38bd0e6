package io.wishbone.app.standalone;

import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.SessionConnected;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A short run after packaging, in which the Java virtual machine learns which classes and methods
/// a start needs (JEP 483, JEP 515): with that, a start takes half the time. The test picture is
/// published to oneself, so that HTTP, ICE, DTLS and SRTP are all part of it.
@Singleton
final class Training {

  /// The argument with which the launcher asks for it.
  static final String ARGUMENT = "--train";

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final CountDownLatch connected = new CountDownLatch(1);

  Training(InProcessCarrier carrier) {
    carrier.subscribe(event -> {
      if (event instanceof SessionConnected) {
        connected.countDown();
      }
    });
  }

  /// Settings that get in nobody's way. Those of the user play no part.
  static Settings settings() throws StartRefusedException {
    try (var http = new ServerSocket(0);
        var media = new DatagramSocket(0)) {
      var options =
          Map.of(
              Setting.HTTP_PORT,
              Integer.toString(http.getLocalPort()),
              Setting.MEDIA_PORT,
              Integer.toString(media.getLocalPort()),
              Setting.WORKERS,
              "1",
              Setting.DEMO,
              "true",
              Setting.LOG_LEVEL,
              "error");
      var nowhere = Path.of(System.getProperty("java.io.tmpdir"), "no-such-directory");
      return Settings.gather(SettingSources.of(options, Map.of(), Map.of(), nowhere));
    } catch (IOException failure) {
      throw StartRefusedException.notPossible("no free port: " + failure.getMessage(), failure);
    }
  }

  /// Returns when the test picture is connected.
  ///
  /// @return the exit code of the program
  int await() throws InterruptedException {
    return connected.await(LONGEST.toSeconds(), TimeUnit.SECONDS) ? 0 : 1;
  }
}
