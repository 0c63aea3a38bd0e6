package io.wishbone.app.standalone;

import io.wishbone.app.program.Launch;
import io.wishbone.app.program.ListeningSettings;
import io.wishbone.app.program.MediaSettings;
import io.wishbone.app.program.ObservationSettings;
import io.wishbone.app.program.OtherSettings;
import io.wishbone.app.program.Program;
import io.wishbone.app.program.Settings;
import io.wishbone.app.program.StartRefusedException;
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
    carrier.watch(event -> {
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
              ListeningSettings.HTTP_PORT,
              Integer.toString(http.getLocalPort()),
              ListeningSettings.MEDIA_PORT,
              Integer.toString(media.getLocalPort()),
              MediaSettings.WORKERS,
              "1",
              OtherSettings.DEMO,
              "true",
              ObservationSettings.LOG_LEVEL,
              "error");
      var nowhere = Path.of(System.getProperty("java.io.tmpdir"), "no-such-directory");
      return Launch.settings(Program.STANDALONE, options, Map.of(), Map.of(), nowhere);
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
