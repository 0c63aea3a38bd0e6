package io.wishbone.app.program;

import io.wishbone.app.program.kind.Choice;
import io.wishbone.app.program.kind.ChoiceList;
import io.wishbone.app.program.kind.Flag;
import io.wishbone.app.program.kind.Time;
import io.wishbone.app.program.kind.WholeNumber;
import java.time.Duration;
import java.util.List;

/// Streams and sessions.
public final class MediaSettings {

  public static final Setting PUBLISHER_CONFLICT =
      new Setting(
          Group.MEDIA,
          "publisher-conflict",
          Choice.of("reject", "same-subject", "always"),
          "same-subject",
          "Who may take over a stream that has a publisher: nobody, the same token subject, everybody");

  public static final Setting CODECS_VIDEO =
      new Setting(
          Group.MEDIA,
          "codecs.video",
          ChoiceList.of("vp8", "vp9", "h264", "h265", "av1"),
          null,
          "Video codecs that publishers are asked for, best first; else the publisher chooses");

  public static final Setting CODECS_AUDIO =
      new Setting(
          Group.MEDIA,
          "codecs.audio",
          ChoiceList.of("opus", "pcmu", "pcma", "g722"),
          null,
          "Audio codecs that publishers are asked for, best first; else the publisher chooses");

  public static final Setting SESSION_CONNECT_TIMEOUT =
      new Setting(
          Group.MEDIA,
          "session.connect-timeout",
          new Time(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "30s",
          "A session that is not connected by then is ended");

  public static final Setting SESSION_SILENCE_TIMEOUT =
      new Setting(
          Group.MEDIA,
          "session.silence-timeout",
          new Time(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "7s",
          "A session whose client was not heard of for so long is ended");

  public static final Setting SESSION_PUBLISHER_GRACE =
      new Setting(
          Group.MEDIA,
          "session.publisher-grace",
          new Time(Duration.ofSeconds(1), Duration.ofMinutes(60)),
          "30s",
          "How long viewers wait for the next publisher when theirs has gone");

  public static final Setting WHEP_WAIT_FOR_PUBLISHER =
      new Setting(
          Group.MEDIA,
          "whep.wait-for-publisher",
          new Time(Duration.ZERO, Duration.ofSeconds(30)),
          "0s",
          "How long a player's request waits for a publisher; with 0s it is told at once to come again");

  public static final Setting WHEP_COUNTER_OFFER =
      new Setting(
          Group.MEDIA,
          "whep.counter-offer",
          new Flag(),
          "true",
          "Whether a player whose offer has none of the stream's codecs is offered what there is (406),"
              + " or refused (422)");

  public static final Setting WORKERS =
      new Setting(
          Group.MEDIA,
          "workers",
          new WholeNumber("COUNT", 1, 64),
          null,
          "Threads that carry media, each with a UDP port of its own. If not set, two, or one on a"
              + " machine with one core");

  public static final Setting SESSIONS_PER_WORKER =
      new Setting(
          Group.MEDIA,
          "sessions-per-worker",
          new WholeNumber("COUNT", 1, 1_000_000),
          "5000",
          "How many sessions a worker takes");

  public static final Setting VIEWERS_PER_STREAM =
      new Setting(
          Group.MEDIA,
          "viewers-per-stream",
          new WholeNumber("COUNT", 0, 1_000_000),
          "0",
          "How many viewers a stream has at a node, 0 for no limit of its own");

  public static final Setting SEGMENTED_SENDS =
      new Setting(
          Group.MEDIA,
          "segmented-sends",
          new Flag(),
          "true",
          "Whether packets leave many at a time, as segmented datagrams, where the kernel has"
              + " those");

  public static final Setting GATHER =
      new Setting(
          Group.MEDIA,
          "gather",
          new Time(Duration.ZERO, Duration.ofMillis(20)),
          "0s",
          "How long a publisher's packets wait for the next ones, to be forwarded together: 1ms or"
              + " 2ms save processor time where publishers send packets one by one");

  public static final Setting SRTP_BACKEND =
      new Setting(
          Group.MEDIA,
          "srtp-backend",
          Choice.of("auto", "ipsec-mb", "openssl", "jce"),
          "auto",
          "Which library encrypts media; auto takes the quickest that is there and passes its"
              + " test");

  public static final Setting VIEWERS_PER_WORKER =
      new Setting(
          Group.MEDIA,
          "viewers-per-worker",
          new WholeNumber("COUNT", 0, 1_000_000),
          "500",
          "How many viewers of one stream a worker has before the other workers get some, 0 for any"
              + " number");

  public static final Setting RELAYS_PER_STREAM =
      new Setting(
          Group.MEDIA,
          "relays-per-stream",
          new WholeNumber("COUNT", 1, 1_000_000),
          "64",
          "How many other nodes a node sends a stream to, at most");

  public static final Setting RELAYS_PER_WORKER =
      new Setting(
          Group.MEDIA,
          "relays-per-worker",
          new WholeNumber("COUNT", 1, 1_000_000),
          "2000",
          "How many relays a worker begins or serves, of all streams");

  public static final Setting PAST_MAX_AGE =
      new Setting(
          Group.MEDIA,
          "past.max-age",
          new Time(Duration.ZERO, Duration.ofMinutes(1)),
          "10s",
          "How old the group of pictures may be that a viewer begins with who comes now");

  public static final Setting PAST_MAX_BYTES =
      new Setting(
          Group.MEDIA,
          "past.max-bytes",
          new WholeNumber("BYTES", 0, 64 << 20),
          "4194304",
          "How large that group of pictures may be, in bytes; up to twice as much is kept of each"
              + " encoding");

  public static final Setting PAST_MEMORY =
      new Setting(
          Group.MEDIA,
          "past.memory",
          new WholeNumber("BYTES", 1_048_576, 999_999_999),
          "134217728",
          "Memory outside of the heap that a worker has for what was sent, to repair losses and for"
              + " those who come now");

  static final List<Setting> ALL =
      List.of(
          PUBLISHER_CONFLICT,
          CODECS_VIDEO,
          CODECS_AUDIO,
          SESSION_CONNECT_TIMEOUT,
          SESSION_SILENCE_TIMEOUT,
          SESSION_PUBLISHER_GRACE,
          WHEP_WAIT_FOR_PUBLISHER,
          WHEP_COUNTER_OFFER,
          WORKERS,
          SESSIONS_PER_WORKER,
          VIEWERS_PER_STREAM,
          SEGMENTED_SENDS,
          GATHER,
          SRTP_BACKEND,
          PAST_MAX_AGE,
          PAST_MAX_BYTES,
          PAST_MEMORY,
          VIEWERS_PER_WORKER);

  /// Those that a media node by itself has a use for.
  static final List<Setting> OF_NODES =
      List.of(
          CODECS_VIDEO,
          CODECS_AUDIO,
          SESSION_CONNECT_TIMEOUT,
          SESSION_SILENCE_TIMEOUT,
          SESSION_PUBLISHER_GRACE,
          WORKERS,
          SESSIONS_PER_WORKER,
          VIEWERS_PER_STREAM,
          SEGMENTED_SENDS,
          GATHER,
          SRTP_BACKEND,
          PAST_MAX_AGE,
          PAST_MAX_BYTES,
          PAST_MEMORY,
          VIEWERS_PER_WORKER,
          RELAYS_PER_STREAM,
          RELAYS_PER_WORKER);

  private MediaSettings() {}
}
