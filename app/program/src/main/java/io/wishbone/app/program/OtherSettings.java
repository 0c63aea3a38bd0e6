package io.wishbone.app.program;

import io.wishbone.app.program.kind.Choice;
import io.wishbone.app.program.kind.Flag;
import io.wishbone.app.program.kind.Location;
import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.WebAddress;
import io.wishbone.app.program.kind.WholeNumber;
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

  public static final Setting NOTIFICATION_URL =
      new Setting(
          Group.OTHER,
          "notification.url",
          new WebAddress(),
          null,
          "Where your program is told, by POST, what becomes of streams and sessions");

  public static final Setting NOTIFICATION_SECRET =
      new Setting(
          Group.OTHER,
          "notification.secret",
          new Secret(16),
          null,
          "Signs what it is told, in the header Wishbone-Signature");

  public static final Setting NOTIFICATION_QUEUE =
      new Setting(
          Group.OTHER,
          "notification.queue",
          new WholeNumber("COUNT", 1, 1_000_000),
          "10000",
          "How many events may wait to be told; further ones are dropped and counted");

  static final List<Setting> NOTIFICATIONS =
      List.of(NOTIFICATION_URL, NOTIFICATION_SECRET, NOTIFICATION_QUEUE);

  public static final Setting LOG_LEVEL =
      new Setting(
          Group.OTHER,
          "log-level",
          Choice.of("error", "warn", "info", "debug"),
          "info",
          "How much is logged, to standard error");

  public static final Setting CONFIG =
      new Setting(
          Group.OTHER,
          "config",
          new Location(false),
          null,
          "A file of settings, key=value, in addition to config/application.properties in the current"
              + " directory, which is read when it is there");

  static final List<Setting> ALL = List.of(DEMO, LOG_LEVEL, CONFIG);

  private OtherSettings() {}
}
