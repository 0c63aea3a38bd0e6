package io.wishbone.app.program;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a program starts: reads what is wanted, and starts the framework only when that makes sense.
public final class Launch {

  private Launch() {}

  /// Something that may refuse to start.
  public interface Start {
    void run() throws StartRefusedException;
  }

  /// The whole way of a program that can do nothing but run.
  ///
  /// @param application said to the framework; its jar knows the version
  public static void main(
      Program program, Class<? extends QuarkusApplication> application, String... arguments) {
    orEnd(() -> {
      switch (CommandLine.read(program, arguments)) {
        case CommandLine.Help _ -> System.out.print(HelpText.of(program));
        case CommandLine.Version _ -> System.out.println(version(application));
        case CommandLine.Run run -> start(settings(program, run.values()), application);
      }
    });
  }

  /// Ends the program with one line when it is not to start.
  public static void orEnd(Start start) {
    Tether.holdIfWanted();
    try {
      start.run();
    } catch (StartRefusedException refused) {
      System.err.println("wishbone: " + refused.getMessage());
      System.exit(refused.exitCode());
    }
  }

  /// The settings of this process, checked.
  public static Settings settings(Program program, Map<Setting, String> options)
      throws StartRefusedException {
    return settings(
        program,
        options,
        ours(System.getProperties()),
        System.getenv(),
        Path.of("").toAbsolutePath());
  }

  /// Settings from everywhere, checked.
  ///
  /// @param directory in which the program was started
  public static Settings settings(
      Program program,
      Map<Setting, String> options,
      Map<String, String> system,
      Map<String, String> environment,
      Path directory)
      throws StartRefusedException {
    return Settings.gather(SettingSources.of(program, options, system, environment, directory));
  }

  /// Runs the framework to its end, and the process with it.
  public static void start(
      Settings settings, Class<? extends QuarkusApplication> application, String... arguments)
      throws StartRefusedException {
    AdvertisedNames.lookUp(settings);
    PortProbe.tryAll(settings);
    settings.putInto(System.getProperties());
    Quarkus.run(application, Launch::ended, arguments);
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

  /// One line that says which version this is.
  public static String version(Class<?> main) {
    String version = main.getPackage().getImplementationVersion();
    return "Wishbone " + (version == null ? "(not packaged)" : version);
  }
}
