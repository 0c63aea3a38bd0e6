package io.wishbone.it.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// FFmpeg that publishes a moving picture as H.264, with a keyframe every two seconds, and a tone
/// as Opus, in the way that docs/ffmpeg.md tells people.
final class FfmpegPublisher implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /// What it says once it is set up: how many milliseconds each step took.
  private static final Pattern SET_UP =
      Pattern.compile(
          "elapsed=[^(]*\\(init:[^,]*,offer:[^,]*,answer:([\\d.]+),udp:([\\d.]+),ice:([\\d.]+),dtls:([\\d.]+),");

  private final Process process;
  private final Path log;

  private FfmpegPublisher(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// From the encoders to the format, as the pages have them but for the size and the rate of the
  /// picture.
  static final String ENCODING =
      "-c:v libx264 -preset veryfast -profile:v baseline -pix_fmt yuv420p -tune zerolatency -g 60"
          + " -bf 0 -b:v 800k -c:a libopus -ar 48000 -ac 2 -f whip";

  /// @param options of the WHIP muxer
  static FfmpegPublisher start(Ffmpeg ffmpeg, URI endpoint, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                ("-hide_banner -nostdin -v verbose -nostats"
                        + " -re -f lavfi -i testsrc2=size=640x360:rate=30"
                        + " -re -f lavfi -i sine=frequency=440:sample_rate=48000 "
                        + ENCODING)
                    .split(" ")));
    arguments.addAll(List.of(options));
    arguments.add(endpoint.toString());
    try {
      Path log = Files.createTempFile("ffmpeg", ".txt");
      Process process =
          ffmpeg.builder(arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new FfmpegPublisher(process, log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Waits until it sends.
  ///
  /// @return the steps by its own clock
  Steps awaitSetUp() {
    Awaitility.await("FFmpeg to be set up")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> !process.isAlive() || SET_UP.matcher(log()).find());
    List<Double> millis =
        SET_UP
            .matcher(log())
            .results()
            .map(MatchResult::group)
            .findFirst()
            .map(FfmpegPublisher::millis)
            .orElseThrow(() -> new AssertionError("it ended instead:\n" + log()));
    return new Steps(millis.get(0), millis.get(1), millis.get(2), millis.get(3));
  }

  private static List<Double> millis(String line) {
    var matcher = SET_UP.matcher(line);
    assertThat(matcher.find()).isTrue();
    return List.of(1, 2, 3, 4).stream().map(matcher::group).map(Double::valueOf).toList();
  }

  /// How long each step of a session took, in milliseconds: from the offer, which is about to be
  /// posted, to the answer; to the socket; to the response to its Binding request; to the end of
  /// the DTLS handshake.
  record Steps(double answer, double socket, double ice, double dtls) {

    double postToDtls() {
      return answer + socket + ice + dtls;
    }

    @Override
    public String toString() {
      return "%.0f (%.0f until the answer, %.0f of ICE, %.0f of DTLS)"
          .formatted(postToDtls(), answer, ice, dtls);
    }
  }

  /// Does as Ctrl-C does, and waits until it has ended.
  ///
  /// @return everything that it has said
  String interrupt() {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return awaitEnd();
  }

  /// Waits until it ends by itself.
  ///
  /// @return everything that it has said
  String awaitEnd() {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
    return log();
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
