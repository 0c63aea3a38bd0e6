package io.wishbone.app.standalone;

import static io.wishbone.app.standalone.ValueKind.PORT;

import io.wishbone.app.standalone.ValueKind.AddressList;
import io.wishbone.app.standalone.ValueKind.Choice;
import io.wishbone.app.standalone.ValueKind.ChoiceList;
import io.wishbone.app.standalone.ValueKind.Flag;
import io.wishbone.app.standalone.ValueKind.IceServerList;
import io.wishbone.app.standalone.ValueKind.LocalAddress;
import io.wishbone.app.standalone.ValueKind.Location;
import io.wishbone.app.standalone.ValueKind.NetworkList;
import io.wishbone.app.standalone.ValueKind.Number;
import io.wishbone.app.standalone.ValueKind.OffOr;
import io.wishbone.app.standalone.ValueKind.Secret;
import io.wishbone.app.standalone.ValueKind.Text;
import io.wishbone.app.standalone.ValueKind.Time;
import io.wishbone.app.standalone.ValueKind.WebAddress;
import io.wishbone.app.standalone.ValueKind.WebBase;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, under the same name everywhere: `wishbone.http-port` in a file is
/// `WISHBONE_HTTP_PORT` in the environment and `--http-port` as an option.
///
/// The help text, the check of values and `docs/configuration.md` are made from this table.
enum Setting {
  HTTP_PORT(Group.LISTENING, "http-port", PORT, "8080", "TCP port of HTTP: WHIP, WHEP, console"),
  HTTPS_PORT(
      Group.LISTENING, "https-port", PORT, "8443", "TCP port of HTTPS, if there is a certificate"),
  MEDIA_PORT(
      Group.LISTENING,
      "media-port",
      PORT,
      "9400",
      "UDP port of media; each worker after the first has the next one"),
  BIND(
      Group.LISTENING,
      "bind",
      new LocalAddress(),
      null,
      "Address to listen on, for HTTP and media. If not set, 127.0.0.1 without authentication, so"
          + " that only this machine is let in, else 0.0.0.0, all addresses"),
  ADVERTISE(
      Group.LISTENING,
      "advertise",
      new AddressList(),
      null,
      "Where clients find the media port, if that is not an address of this machine: behind NAT, in"
          + " a container"),
  TRUSTED_PROXIES(
      Group.LISTENING,
      "trusted-proxies",
      new NetworkList(),
      "0.0.0.0/32",
      "Reverse proxies whose X-Forwarded headers are believed, for session URLs; no request comes"
          + " from 0.0.0.0"),

  TLS_CERTIFICATE(
      Group.TLS,
      "tls.certificate",
      new Location(false),
      null,
      "Certificate as PEM, those that signed it behind it: the server speaks HTTPS, too"),
  TLS_KEY(
      Group.TLS,
      "tls.key",
      new Location(false),
      null,
      "The private key that goes with it, as PEM (PKCS #8)"),
  TLS_KEYSTORE(
      Group.TLS,
      "tls.keystore",
      new Location(false),
      null,
      "Certificate and key in one file instead: PKCS #12, or JKS if the name ends in .jks"),
  TLS_KEYSTORE_PASSWORD(
      Group.TLS, "tls.keystore-password", new Secret(1), null, "The password of that file"),
  TLS_RELOAD_PERIOD(
      Group.TLS,
      "tls.reload-period",
      new Time(Duration.ofSeconds(1), Duration.ofHours(24)),
      "1m",
      "How often these files are read again: a renewed certificate needs no restart"),

  AUTH(
      Group.AUTHENTICATION,
      "auth",
      new OffOr(ChoiceList.of("jwt", "keys", "webhook")),
      "off",
      "off lets everybody publish and play, jwt asks for a JSON Web Token as bearer token, keys"
          + " for a stream key; webhook asks your own program about every session. With several,"
          + " jwt or keys have to accept, and webhook has to agree"),
  JWT_ALGORITHM(
      Group.AUTHENTICATION,
      "jwt.algorithm",
      Choice.of("es256", "rs256", "eddsa", "hs256"),
      "es256",
      "How tokens are signed; others are refused"),
  JWT_KEY_LOCATION(
      Group.AUTHENTICATION,
      "jwt.key-location",
      new Location(true),
      null,
      "Public keys that verify tokens, as PEM or JWK set. If not set, and jwt.issuer is a URL, what"
          + " its discovery document says"),
  JWT_KEY(
      Group.AUTHENTICATION,
      "jwt.key",
      new Text("PEM", 1),
      null,
      "The same, itself instead of a file"),
  JWT_SECRET(
      Group.AUTHENTICATION,
      "jwt.secret",
      new Secret(32),
      null,
      "Shared secret for hs256. Not an option: others would see it in the list of processes"),
  JWT_ISSUER(
      Group.AUTHENTICATION,
      "jwt.issuer",
      new Text("ISSUER", 1),
      null,
      "What the claim iss of a token has to be"),
  JWT_AUDIENCE(
      Group.AUTHENTICATION,
      "jwt.audience",
      new Text("AUDIENCE", 1),
      null,
      "What the claim aud of a token has to contain"),
  JWT_PUBLISH_CLAIM(
      Group.AUTHENTICATION,
      "jwt.publish-claim",
      new Text("CLAIM", 1),
      "publish",
      "Claim that names the streams to publish; with / between the names, a path into objects"),
  JWT_PLAY_CLAIM(
      Group.AUTHENTICATION,
      "jwt.play-claim",
      new Text("CLAIM", 1),
      "play",
      "Claim that names the streams to play"),
  JWT_ADMIN_CLAIM(
      Group.AUTHENTICATION,
      "jwt.admin-claim",
      new Text("CLAIM", 1),
      "admin",
      "Claim that is true for those who may end the sessions of others"),
  JWT_LIFETIME_CLAIM(
      Group.AUTHENTICATION,
      "jwt.lifetime-claim",
      new Text("CLAIM", 1),
      "lifetime",
      "Claim with the longest time that a session may last, in seconds"),
  JWT_EXPIRY_ENDS_SESSIONS(
      Group.AUTHENTICATION,
      "jwt.expiry-ends-sessions",
      new Flag(),
      "false",
      "Whether sessions end when the token expires that opened them; otherwise it only opens no"
          + " new ones"),
  WEBHOOK_URL(
      Group.AUTHENTICATION,
      "webhook.url",
      new WebAddress(),
      null,
      "Where your program is asked, by POST, whether somebody may publish or play"),
  WEBHOOK_TIMEOUT(
      Group.AUTHENTICATION,
      "webhook.timeout",
      new Time(Duration.ofMillis(100), Duration.ofSeconds(10)),
      "2s",
      "How long its answer may take; without one nobody is let in"),
  WEBHOOK_SECRET(
      Group.AUTHENTICATION,
      "webhook.secret",
      new Secret(16),
      null,
      "Signs what it is asked, in the header Wishbone-Signature"),
  WEBHOOK_CONCURRENCY(
      Group.AUTHENTICATION,
      "webhook.concurrency",
      new Number("COUNT", 1, 10_000),
      "64",
      "How many may wait for its answer at the same time"),
  KEYS_FILE(
      Group.AUTHENTICATION,
      "keys.file",
      new Location(false),
      null,
      "Stream keys, a line each, as ./wishbone key prints them; read again when it has changed"),

  ICE_SERVERS(
      Group.ICE,
      "ice-servers",
      new IceServerList(),
      null,
      "STUN and TURN servers that clients are told of; add a turn: server to turns: ones, for OBS"
          + " uses no others"),
  TURN_SECRET(
      Group.ICE,
      "turn.secret",
      new Secret(1),
      null,
      "What the TURN servers have as shared secret, static-auth-secret of coturn: each client gets"
          + " credentials of its own, which expire"),
  TURN_TTL(
      Group.ICE,
      "turn.ttl",
      new Time(Duration.ofMinutes(1), Duration.ofHours(48)),
      "12h",
      "How long these credentials hold"),
  TURN_USERNAME(
      Group.ICE,
      "turn.username",
      new Text("NAME", 1),
      null,
      "Instead of a secret: the user name for everybody"),
  TURN_CREDENTIAL(
      Group.ICE,
      "turn.credential",
      new Secret(1),
      null,
      "The password that goes with it; no quotation mark, comma, semicolon, backslash or space"),

  PUBLISHER_CONFLICT(
      Group.MEDIA,
      "publisher-conflict",
      Choice.of("reject", "same-subject", "always"),
      "same-subject",
      "Who may take over a stream that has a publisher: nobody, the same token subject, everybody"),
  CODECS_VIDEO(
      Group.MEDIA,
      "codecs.video",
      ChoiceList.of("vp8", "vp9", "h264", "h265", "av1"),
      null,
      "Video codecs that publishers are asked for, best first; else the publisher chooses"),
  CODECS_AUDIO(
      Group.MEDIA,
      "codecs.audio",
      ChoiceList.of("opus", "pcmu", "pcma", "g722"),
      null,
      "Audio codecs that publishers are asked for, best first; else the publisher chooses"),
  SESSION_CONNECT_TIMEOUT(
      Group.MEDIA,
      "session.connect-timeout",
      new Time(Duration.ofSeconds(1), Duration.ofMinutes(10)),
      "30s",
      "A session that is not connected by then is ended"),
  SESSION_SILENCE_TIMEOUT(
      Group.MEDIA,
      "session.silence-timeout",
      new Time(Duration.ofSeconds(1), Duration.ofMinutes(10)),
      "7s",
      "A session whose client was not heard of for so long is ended"),
  SESSION_PUBLISHER_GRACE(
      Group.MEDIA,
      "session.publisher-grace",
      new Time(Duration.ofSeconds(1), Duration.ofMinutes(60)),
      "30s",
      "How long viewers wait for the next publisher when theirs has gone"),
  WHEP_WAIT_FOR_PUBLISHER(
      Group.MEDIA,
      "whep.wait-for-publisher",
      new Time(Duration.ZERO, Duration.ofSeconds(30)),
      "0s",
      "How long a player's request waits for a publisher; with 0s it is told at once to come again"),
  WHEP_COUNTER_OFFER(
      Group.MEDIA,
      "whep.counter-offer",
      new Flag(),
      "true",
      "Whether a player whose offer has none of the stream's codecs is offered what there is (406),"
          + " or refused (422)"),
  WORKERS(
      Group.MEDIA,
      "workers",
      new Number("COUNT", 1, 64),
      null,
      "Threads that carry media, each with a UDP port of its own. If not set, two, or one on a"
          + " machine with one core"),
  SESSIONS_PER_WORKER(
      Group.MEDIA,
      "sessions-per-worker",
      new Number("COUNT", 1, 1_000_000),
      "5000",
      "How many sessions a worker takes"),
  VIEWERS_PER_STREAM(
      Group.MEDIA,
      "viewers-per-stream",
      new Number("COUNT", 0, 1_000_000),
      "0",
      "How many viewers a stream takes, 0 for no limit of its own"),
  SEGMENTED_SENDS(
      Group.MEDIA,
      "segmented-sends",
      new Flag(),
      "true",
      "Whether packets leave many at a time, as segmented datagrams, where the kernel has those"),
  GATHER(
      Group.MEDIA,
      "gather",
      new Time(Duration.ZERO, Duration.ofMillis(20)),
      "0s",
      "How long a publisher's packets wait for the next ones, to be forwarded together: 1ms or 2ms"
          + " save processor time where publishers send packets one by one"),
  SRTP_BACKEND(
      Group.MEDIA,
      "srtp-backend",
      Choice.of("auto", "ipsec-mb", "openssl", "jce"),
      "auto",
      "Which library encrypts media; auto takes the quickest that is there and passes its test"),
  VIEWERS_PER_WORKER(
      Group.MEDIA,
      "viewers-per-worker",
      new Number("COUNT", 0, 1_000_000),
      "500",
      "How many viewers of one stream a worker has before the other workers get some, 0 for any"
          + " number"),

  REQUESTS_PER_ADDRESS(
      Group.LOAD,
      "limits.per-address",
      new Number("COUNT", 0, 1_000_000),
      "100",
      "POST, PATCH and DELETE a second from one address, or one IPv6 network of 64 bits; twenty"
          + " times as many may come at once. Not counted from this machine. 0 for no limit"),
  REQUESTS_PER_SUBJECT(
      Group.LOAD,
      "limits.per-subject",
      new Number("COUNT", 0, 1_000_000),
      "100",
      "The same with tokens of one subject, or with one stream key, from wherever. 0 for no limit"),
  REDIRECT_TO(
      Group.LOAD,
      "redirect.to",
      new WebBase(),
      null,
      "Another cluster, to which publishers are sent when there is no room in this one, and viewers"
          + " after them"),
  REDIRECT_SECRET(
      Group.LOAD,
      "redirect.secret",
      new Secret(32),
      null,
      "What both clusters share, to sign what clients carry from one to the other"),
  REDIRECT_GRANT_TTL(
      Group.LOAD,
      "redirect.grant-ttl",
      new Time(Duration.ofSeconds(1), Duration.ofMinutes(10)),
      "30s",
      "How long a client may take for the way"),

  DEMO(
      Group.OTHER,
      "demo",
      new Flag(),
      "false",
      "Publishes a test picture as stream demo, to have something to watch"),
  LOG_LEVEL(
      Group.OTHER,
      "log-level",
      Choice.of("error", "warn", "info", "debug"),
      "info",
      "How much is logged, to standard error"),
  CONFIG(
      Group.OTHER,
      "config",
      new Location(false),
      null,
      "A file of settings, key=value, in addition to config/application.properties in the current"
          + " directory, which is read when it is there");

  private static final String PREFIX = "wishbone.";

  /// A heading of the help text.
  enum Group {
    LISTENING("Where it listens"),
    TLS("HTTPS"),
    AUTHENTICATION("Who may come in"),
    ICE("STUN and TURN"),
    MEDIA("Streams and sessions"),
    LOAD("When too many come"),
    OTHER("Other");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  private final Group group;
  private final String name;
  private final ValueKind kind;
  private final @Nullable String byDefault;
  private final String meaning;

  Setting(Group group, String name, ValueKind kind, @Nullable String byDefault, String meaning) {
    this.group = group;
    this.name = name;
    this.kind = kind;
    this.byDefault = byDefault;
    this.meaning = meaning;
  }

  Group group() {
    return group;
  }

  ValueKind kind() {
    return kind;
  }

  /// Null when it is left open, or depends on other settings: the meaning says on what.
  @Nullable String byDefault() {
    return byDefault;
  }

  /// One or two sentences without a full stop.
  String meaning() {
    return meaning;
  }

  /// The name in files.
  String key() {
    return PREFIX + name;
  }

  /// The name in the environment.
  String variable() {
    return key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// The name on the command line.
  String option() {
    return "--" + name.replace('.', '-');
  }

  /// Whether it may be given on the command line, where every user of the machine can read it.
  boolean isOption() {
    return !(kind instanceof Secret);
  }

  static boolean isOurs(String key) {
    return key.startsWith(PREFIX);
  }
}
