package io.wishbone.app.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.wishbone.app.program.AuthenticationSettings;
import io.wishbone.app.program.CommandLine;
import io.wishbone.app.program.HelpText;
import io.wishbone.app.program.Launch;
import io.wishbone.app.program.Program;
import io.wishbone.app.program.Settings;
import io.wishbone.app.program.StartRefusedException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// The program: reads what is wanted, and starts the framework only when that makes sense.
@QuarkusMain
public final class Wishbone {

  private static final String TOKEN = "token";
  private static final String KEY = "key";

  private Wishbone() {}

  public static void main(String... arguments) {
    Launch.orEnd(() -> {
      var words = List.of(arguments);
      if (words.equals(List.of(Training.ARGUMENT))) {
        Launch.start(Training.settings(), Server.class, Training.ARGUMENT);
        return;
      }
      switch (CommandLine.read(Program.STANDALONE, isOrder(words) ? orders(words) : arguments)) {
        case CommandLine.Help _ -> System.out.print(HelpText.of(Program.STANDALONE));
        case CommandLine.Version _ -> System.out.println(Launch.version(Wishbone.class));
        case CommandLine.Run _ when isOrder(words) ->
            carryOut(words.getFirst(), words.subList(1, words.size()));
        case CommandLine.Run run ->
            Launch.start(
                withLocalKey(Launch.settings(Program.STANDALONE, run.values())), Server.class);
      }
    });
  }

  private static boolean isOrder(List<String> words) {
    return !words.isEmpty() && (words.getFirst().equals(TOKEN) || words.getFirst().equals(KEY));
  }

  /// What a command line of an order has of those words that mean the same everywhere.
  private static String[] orders(List<String> words) {
    return words.stream()
        .filter(List.of("--help", "-h", "--version")::contains)
        .toArray(String[]::new);
  }

  private static void carryOut(String order, List<String> words) throws StartRefusedException {
    var random = new SecureRandom();
    System.out.println(
        order.equals(TOKEN)
            ? TokenOrder.read(words).sign(LocalKey.of(System.getenv()), Instant.now())
            : KeyOrder.read(words, random).make(random));
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
    return settings.with(AuthenticationSettings.JWT_KEY, key.publicKeys());
  }
}
