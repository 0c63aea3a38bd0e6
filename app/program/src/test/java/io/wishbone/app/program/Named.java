package io.wishbone.app.program;

/// Finds settings for tests.
final class Named {

  private Named() {}

  /// @param name as in the environment, without the prefix
  static Setting setting(String name) {
    return Program.settingsOfAll().stream()
        .filter(setting -> setting.variable().equals("WISHBONE_" + name))
        .findFirst()
        .orElseThrow();
  }
}
