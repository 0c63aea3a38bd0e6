package io.wishbone.app.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.wishbone.app.standalone.CommandLine.Help;
import io.wishbone.app.standalone.CommandLine.Key;
import io.wishbone.app.standalone.CommandLine.Run;
import io.wishbone.app.standalone.CommandLine.Token;
import io.wishbone.app.standalone.CommandLine.Train;
import io.wishbone.app.standalone.CommandLine.Version;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The program: reads what is wanted, and starts the framework only when that makes sense.
@QuarkusMain
public final class Wishbone {

  private Wishbone() {}

  public static void main(String... arguments) {
    try {
      switch (CommandLine.read(arguments)) {
        case Help _ -> System.out.print(HelpText.text());
        case Version _ -> System.out.println("Wishbone " + version());
        case Train _ -> start(Training.settings(), Training.ARGUMENT);
        case Token token -> {
          TokenOrder order = TokenOrder.read(token.words());
          System.out.println(order.sign(LocalKey.of(System.getenv()), Instant.now()));
        }
        case Key key -> {
          var random = new SecureRandom();
          System.out.println(KeyOrder.read(key.words(), random).make(random));
        }
        case Run run -> start(withLocalKey(settings(run.values())));
      }
    } catch (StartRefusedException refused) {
      System.err.println("wishbone: " + refused.getMessage());
      System.exit(refused.exitCode());
    }
  }

  private static Settings settings(Map<Setting, String> options) throws StartRefusedException {
    var here = Path.of("").toAbsolutePath();
    return Settings.gather(
        SettingSources.of(options, ours(System.getProperties()), System.getenv(), here));
  }

  /// Where nothing else verifies tokens, those of this machine's own key are accepted.
  private static Settings withLocalKey(Settings settings) throws StartRefusedException {
    if (!settings.needsLocalKey()) {
      return settings;
    }
    LocalKey key = LocalKey.of(System.getenv());
    System.err.println(
        "Tokens of this machine's own key are accepted ("
            + key.file()
            + "). ./wishbone token makes them.");
    return settings.with(Setting.JWT_KEY, key.publicKeys());
  }

  private static void start(Settings settings, String... arguments) throws StartRefusedException {
    AdvertisedNames.lookUp(settings);
    PortProbe.tryAll(settings);
    settings.putInto(System.getProperties());
    Quarkus.run(Server.class, Wishbone::ended, arguments);
  }

  /// Called when the framework has ended.
  private static void ended(int exitCode, @Nullable Throwable failure) {
    if (failure != null) {
      System.err.println("wishbone: cannot start: " + reason(failure));
    }
    System.exit(exitCode);
  }

  /// The innermost message: what the layers around it add is of use to nobody.
  private static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null ? innermost.toString() : message.lines().findFirst().orElse("");
  }

  private static Map<String, String> ours(Properties system) {
    return system.stringPropertyNames().stream()
        .filter(Setting::isOurs)
        .collect(Collectors.toMap(name -> name, system::getProperty));
  }

  private static String version() {
    String version = Wishbone.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
