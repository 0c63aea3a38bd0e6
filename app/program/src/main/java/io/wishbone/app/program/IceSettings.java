package io.wishbone.app.program;

import io.wishbone.app.program.kind.IceServerList;
import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.Text;
import io.wishbone.app.program.kind.Time;
import java.time.Duration;
import java.util.List;

/// STUN and TURN servers.
public final class IceSettings {

  public static final Setting ICE_SERVERS =
      new Setting(
          Group.ICE,
          "ice-servers",
          new IceServerList(),
          null,
          "STUN and TURN servers that clients are told of; add a turn: server to turns: ones, for OBS"
              + " uses no others");

  public static final Setting TURN_SECRET =
      new Setting(
          Group.ICE,
          "turn.secret",
          new Secret(1),
          null,
          "What the TURN servers have as shared secret, static-auth-secret of coturn: each client gets"
              + " credentials of its own, which expire");

  public static final Setting TURN_TTL =
      new Setting(
          Group.ICE,
          "turn.ttl",
          new Time(Duration.ofMinutes(1), Duration.ofHours(48)),
          "12h",
          "How long these credentials hold");

  public static final Setting TURN_USERNAME =
      new Setting(
          Group.ICE,
          "turn.username",
          new Text("NAME", 1),
          null,
          "Instead of a secret: the user name for everybody");

  public static final Setting TURN_CREDENTIAL =
      new Setting(
          Group.ICE,
          "turn.credential",
          new Secret(1),
          null,
          "The password that goes with it; no quotation mark, comma, semicolon, backslash or space");

  static final List<Setting> ALL =
      List.of(ICE_SERVERS, TURN_SECRET, TURN_TTL, TURN_USERNAME, TURN_CREDENTIAL);

  private IceSettings() {}
}
