package io.wishbone.app.program;

import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.Time;
import io.wishbone.app.program.kind.WebAddress;
import io.wishbone.app.program.kind.WholeNumber;
import java.time.Duration;
import java.util.List;

/// Who is told what becomes of streams and sessions.
public final class NotificationSettings {

  public static final Setting NOTIFICATION_URL =
      new Setting(
          Group.NOTIFICATION,
          "notification.url",
          new WebAddress(),
          null,
          "Where your program is told, by POST, what becomes of streams and sessions");

  public static final Setting NOTIFICATION_SECRET =
      new Setting(
          Group.NOTIFICATION,
          "notification.secret",
          new Secret(16),
          null,
          "Signs what it is told, in the header Wishbone-Signature");

  public static final Setting NOTIFICATION_QUEUE =
      new Setting(
          Group.NOTIFICATION,
          "notification.queue",
          new WholeNumber("COUNT", 1, 1_000_000),
          "10000",
          "How many events may wait for it in a server of one process; further ones are dropped");

  public static final Setting NOTIFICATION_KEEP =
      new Setting(
          Group.NOTIFICATION,
          "notification.keep",
          new Time(Duration.ofMinutes(1), Duration.ofHours(168)),
          "24h",
          "After this time it is told no more of an event that fails whenever it is told");

  static final List<Setting> ALL =
      List.of(NOTIFICATION_URL, NOTIFICATION_SECRET, NOTIFICATION_QUEUE, NOTIFICATION_KEEP);

  private NotificationSettings() {}
}
