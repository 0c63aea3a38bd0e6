package io.wishbone.app.program;

import io.wishbone.app.program.kind.Flag;
import io.wishbone.app.program.kind.Location;
import java.util.List;

/// What has no better place.
public final class OtherSettings {

  public static final Setting DEMO =
      new Setting(
          Group.OTHER,
          "demo",
          new Flag(),
          "false",
          "Publishes a test picture as stream demo, to have something to watch");

  public static final Setting CONFIG =
      new Setting(
          Group.OTHER,
          "config",
          new Location(false),
          null,
          "A file of settings, key=value, in addition to config/application.properties in the current"
              + " directory, which is read when it is there");

  static final List<Setting> ALL = List.of(DEMO, CONFIG);

  private OtherSettings() {}
}
