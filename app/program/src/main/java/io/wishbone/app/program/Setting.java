package io.wishbone.app.program;

import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.ValueKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something that can be set, under the same name everywhere: `wishbone.http-port` in a file is
/// `WISHBONE_HTTP_PORT` in the environment and `--http-port` as an option.
///
/// There is a table for each group of them, such as [ListeningSettings]; which ones a program has,
/// [Program] says. The help texts, the check of values and `docs/configuration.md` are made from
/// these.
///
/// @param byDefault null when it is left open, or depends on other settings: the meaning says on
///   what
/// @param meaning one or two sentences without a full stop
public record Setting(
    Group group, String name, ValueKind kind, @Nullable String byDefault, String meaning) {

  private static final String PREFIX = "wishbone.";

  /// The name in files.
  public String key() {
    return PREFIX + name;
  }

  /// The name in the environment.
  public String variable() {
    return key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// The name on the command line.
  public String option() {
    return "--" + name.replace('.', '-');
  }

  /// Whether it may be given on the command line, where every user of the machine can read it.
  boolean isOption() {
    return !(kind instanceof Secret);
  }

  static boolean isOurs(String key) {
    return key.startsWith(PREFIX);
  }

  @Override
  public String toString() {
    return key();
  }
}
