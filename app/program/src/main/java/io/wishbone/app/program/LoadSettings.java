package io.wishbone.app.program;

import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.Time;
import io.wishbone.app.program.kind.WebBase;
import io.wishbone.app.program.kind.WholeNumber;
import java.time.Duration;
import java.util.List;

/// What happens when too many come.
public final class LoadSettings {

  public static final Setting REQUESTS_PER_ADDRESS =
      new Setting(
          Group.LOAD,
          "limits.per-address",
          new WholeNumber("COUNT", 0, 1_000_000),
          "100",
          "Requests a second from one address, or one IPv6 network of 64 bits, that change or look up"
              + " something: POST, PATCH, DELETE, GET on session URLs, and whatever shows"
              + " credentials; twenty times as many may come at once. Not counted from this machine."
              + " 0 for no limit");

  public static final Setting REQUESTS_PER_SUBJECT =
      new Setting(
          Group.LOAD,
          "limits.per-subject",
          new WholeNumber("COUNT", 0, 1_000_000),
          "100",
          "The same with tokens of one subject, or with one stream key, from wherever. 0 for no limit");

  public static final Setting REDIRECT_TO =
      new Setting(
          Group.LOAD,
          "redirect.to",
          new WebBase(),
          null,
          "Another cluster, to which publishers are sent when there is no room in this one, and viewers"
              + " after them");

  public static final Setting REDIRECT_SECRET =
      new Setting(
          Group.LOAD,
          "redirect.secret",
          new Secret(32),
          null,
          "What both clusters share, to sign what clients carry from one to the other");

  public static final Setting REDIRECT_GRANT_TTL =
      new Setting(
          Group.LOAD,
          "redirect.grant-ttl",
          new Time(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "30s",
          "How long a client may take for the way");

  static final List<Setting> ALL =
      List.of(
          REQUESTS_PER_ADDRESS,
          REQUESTS_PER_SUBJECT,
          REDIRECT_TO,
          REDIRECT_SECRET,
          REDIRECT_GRANT_TTL);

  private LoadSettings() {}
}
