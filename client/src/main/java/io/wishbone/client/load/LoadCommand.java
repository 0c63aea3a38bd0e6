package io.wishbone.client.load;

import io.wishbone.client.http.SignalingClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./wishbone load`: measures any WHIP and WHEP server with a swarm of clients.
@Command(
    name = "wishbone load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Publishes, lets viewers come, and measures a WHIP and WHEP server.",
    footer = {
      "",
      "With several publishers, {n} in both addresses is the number of a stream, from 0.",
      "Ends with 1 when not all viewers were connected at the end."
    })
public final class LoadCommand implements Callable<Integer> {
  private static final int FRAMES_PER_SECOND = 30;
  private static final int FEW_VIEWERS = 50;
  private static final int USUAL_SAMPLE = 16;
  private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kKmM]?)");
  private static final Pattern RAMP = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?:/s)?");

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--whep", required = true, paramLabel = "URL", description = "Where to play.")
  private String whep = "";

  @Option(names = "--whip", paramLabel = "URL", description = "Where to publish.")
  private String whip = "";

  @Option(names = "--viewers", paramLabel = "COUNT", description = "Default: ${DEFAULT-VALUE}.")
  private int viewers = 100;

  @Option(
      names = "--publishers",
      paramLabel = "COUNT",
      description = "0 watches what is there already. Default: 1 with --whip, else 0.")
  private int publishers = -1;

  @Option(
      names = "--bitrate",
      paramLabel = "RATE",
      description = "Of each publisher, such as 800k or 2M bit/s. Default: ${DEFAULT-VALUE}.")
  private String bitrate = "2M";

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long to measure when all have come. Default: ${DEFAULT-VALUE}.")
  private int duration = 60;

  @Option(
      names = "--ramp",
      paramLabel = "RATE",
      description = "How many viewers come in a second. Default: ${DEFAULT-VALUE}.")
  private String ramp = "50/s";

  @Option(names = "--token", paramLabel = "TOKEN", description = "Sent as bearer token.")
  private @Nullable String token;

  @Option(
      names = "--threads",
      paramLabel = "COUNT",
      description = "Threads that carry the sessions. Default: ${DEFAULT-VALUE}.")
  private int threads = 1;

  @Option(
      names = "--sample",
      paramLabel = "COUNT",
      description = "Decrypts one packet in so many. Default: all with few viewers, else 16.")
  private int sample;

  @Option(
      names = "--no-feedback",
      description = "Viewers offer no reports of arrivals, which browsers do.")
  private boolean withoutFeedback;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "Whose processor time to measure. Default: who listens on that port here.")
  private long serverPid;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
  private @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Writes the result as a page.")
  private @Nullable Path html;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LoadCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException, IOException {
    LoadPlan plan = plan();
    var http = new SignalingClient(token);
    try (Swarm swarm =
        new Swarm(
            plan,
            new HttpSignaling(http, whip, whep),
            moment -> System.err.println(TextReport.of(moment)))) {
      LoadResult result = swarm.run();
      System.out.print(TextReport.of(result));
      if (json != null) {
        Files.writeString(json, JsonReport.of(result));
      }
      if (html != null) {
        Files.writeString(html, HtmlReport.of(result));
      }
      return result.connected() == viewers ? 0 : 1;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      System.err.println("wishbone load: " + cause.getMessage());
      return 1;
    } finally {
      http.close();
    }
  }

  private LoadPlan plan() {
    int streams = publishers < 0 ? (whip.isEmpty() ? 0 : 1) : publishers;
    require(streams == 0 || !whip.isEmpty(), "--publishers needs --whip");
    require(
        streams <= 1 || whip.contains("{n}") && whep.contains("{n}"), "no {n} in the addresses");
    require(viewers > 0 && duration > 0 && threads > 0, "counts and times are positive");
    int decrypted = sample > 0 ? sample : viewers <= FEW_VIEWERS ? 1 : USUAL_SAMPLE;
    long pid = serverPid == 0 ? localServer() : serverPid;
    return new LoadPlan(
        streams,
        viewers,
        LoadPlan.frameBytes((long) rate(bitrate), FRAMES_PER_SECOND),
        FRAMES_PER_SECOND,
        number(RAMP, ramp, "--ramp"),
        Duration.ofSeconds(duration),
        threads,
        decrypted,
        !withoutFeedback,
        pid);
  }

  private long localServer() {
    URI address = URI.create(whep.replace("{n}", "0"));
    int port =
        address.getPort() > 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    boolean local =
        "localhost".equals(address.getHost())
            || String.valueOf(address.getHost()).startsWith("127.")
            || "[::1]".equals(address.getHost());
    return local ? ServerProcess.listeningOn(port) : 0;
  }

  private double rate(String text) {
    Matcher matcher = RATE.matcher(text);
    require(matcher.matches(), "--bitrate is no rate such as 800k or 2M: " + text);
    return Double.parseDouble(matcher.group(1))
        * switch (matcher.group(2)) {
          case "k", "K" -> 1_000;
          case "m", "M" -> 1_000_000;
          default -> 1;
        };
  }

  private double number(Pattern pattern, String text, String option) {
    Matcher matcher = pattern.matcher(text);
    require(matcher.matches(), option + " is no number of viewers a second: " + text);
    double value = Double.parseDouble(matcher.group(1));
    require(value > 0, option + " is not positive");
    return value;
  }

  private void require(boolean condition, String message) {
    if (!condition && spec != null) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
