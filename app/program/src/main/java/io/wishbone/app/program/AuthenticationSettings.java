package io.wishbone.app.program;

import io.wishbone.app.program.kind.Choice;
import io.wishbone.app.program.kind.ChoiceList;
import io.wishbone.app.program.kind.Flag;
import io.wishbone.app.program.kind.Location;
import io.wishbone.app.program.kind.OffOr;
import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.Text;
import io.wishbone.app.program.kind.Time;
import io.wishbone.app.program.kind.WebAddress;
import io.wishbone.app.program.kind.WholeNumber;
import java.time.Duration;
import java.util.List;

/// Who may come in.
public final class AuthenticationSettings {

  public static final Setting AUTH =
      new Setting(
          Group.AUTHENTICATION,
          "auth",
          new OffOr(ChoiceList.of("jwt", "keys", "webhook")),
          "off",
          "off lets everybody publish and play, jwt asks for a JSON Web Token as bearer token, keys"
              + " for a stream key; webhook asks your own program about every session. With several,"
              + " jwt or keys have to accept, and webhook has to agree");

  public static final Setting JWT_ALGORITHM =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.algorithm",
          Choice.of("es256", "rs256", "eddsa", "hs256"),
          "es256",
          "How tokens are signed; others are refused");

  public static final Setting JWT_KEY_LOCATION =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.key-location",
          new Location(true),
          null,
          "Public keys that verify tokens, as PEM or JWK set. If not set, and jwt.issuer is a URL, what"
              + " its discovery document says");

  public static final Setting JWT_KEY =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.key",
          new Text("PEM", 1),
          null,
          "The same, itself instead of a file");

  public static final Setting JWT_SECRET =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.secret",
          new Secret(32),
          null,
          "Shared secret for hs256. Not an option: others would see it in the list of processes");

  public static final Setting JWT_ISSUER =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.issuer",
          new Text("ISSUER", 1),
          null,
          "What the claim iss of a token has to be");

  public static final Setting JWT_AUDIENCE =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.audience",
          new Text("AUDIENCE", 1),
          null,
          "What the claim aud of a token has to contain");

  public static final Setting JWT_PUBLISH_CLAIM =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.publish-claim",
          new Text("CLAIM", 1),
          "publish",
          "Claim that names the streams to publish; with / between the names, a path into objects");

  public static final Setting JWT_PLAY_CLAIM =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.play-claim",
          new Text("CLAIM", 1),
          "play",
          "Claim that names the streams to play");

  public static final Setting JWT_ADMIN_CLAIM =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.admin-claim",
          new Text("CLAIM", 1),
          "admin",
          "Claim that is true for those who may end the sessions of others");

  public static final Setting JWT_LIFETIME_CLAIM =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.lifetime-claim",
          new Text("CLAIM", 1),
          "lifetime",
          "Claim with the longest time that a session may last, in seconds");

  public static final Setting JWT_EXPIRY_ENDS_SESSIONS =
      new Setting(
          Group.AUTHENTICATION,
          "jwt.expiry-ends-sessions",
          new Flag(),
          "false",
          "Whether sessions end when the token expires that opened them; otherwise it only opens no"
              + " new ones");

  public static final Setting WEBHOOK_URL =
      new Setting(
          Group.AUTHENTICATION,
          "webhook.url",
          new WebAddress(),
          null,
          "Where your program is asked, by POST, whether somebody may publish or play");

  public static final Setting WEBHOOK_TIMEOUT =
      new Setting(
          Group.AUTHENTICATION,
          "webhook.timeout",
          new Time(Duration.ofMillis(100), Duration.ofSeconds(10)),
          "2s",
          "How long its answer may take; without one nobody is let in");

  public static final Setting WEBHOOK_SECRET =
      new Setting(
          Group.AUTHENTICATION,
          "webhook.secret",
          new Secret(16),
          null,
          "Signs what it is asked, in the header Wishbone-Signature");

  public static final Setting WEBHOOK_CONCURRENCY =
      new Setting(
          Group.AUTHENTICATION,
          "webhook.concurrency",
          new WholeNumber("COUNT", 1, 10_000),
          "64",
          "How many may wait for its answer at the same time");

  public static final Setting KEYS_FILE =
      new Setting(
          Group.AUTHENTICATION,
          "keys.file",
          new Location(false),
          null,
          "Stream keys, a line each, as ./wishbone key prints them; read again when it has changed");

  static final List<Setting> ALL =
      List.of(
          AUTH,
          JWT_ALGORITHM,
          JWT_KEY_LOCATION,
          JWT_KEY,
          JWT_SECRET,
          JWT_ISSUER,
          JWT_AUDIENCE,
          JWT_PUBLISH_CLAIM,
          JWT_PLAY_CLAIM,
          JWT_ADMIN_CLAIM,
          JWT_LIFETIME_CLAIM,
          JWT_EXPIRY_ENDS_SESSIONS,
          WEBHOOK_URL,
          WEBHOOK_TIMEOUT,
          WEBHOOK_SECRET,
          WEBHOOK_CONCURRENCY,
          KEYS_FILE);

  private AuthenticationSettings() {}
}
