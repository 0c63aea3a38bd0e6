package io.wishbone.webrtc.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.SenderReport;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SenderClockTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final NtpTime CAPTURE = new NtpTime(0xE8F1D4A1_80000000L);

  private final SenderClock video = new SenderClock(90_000);

  @Test
  void knowsNothingAtFirst() {
    assertThat(video.isReported()).isFalse();
    assertThat(video.ntpAt(0)).isNull();
    assertThat(video.rtpAt(CAPTURE)).isEqualTo(-1);
    assertThat(video.at(SECOND)).isNull();
  }

  @Test
  void readsTheLineForthAndBack() {
    video.onSenderReport(report(CAPTURE, 1_000), 0);
    assertThat(video.ntpAt(1_000)).isEqualTo(CAPTURE);
    assertThat(video.ntpAt(1_000 + 45_000)).isEqualTo(CAPTURE.plusNanos(500 * MILLISECOND));
    assertThat(video.ntpAt(1_000 - 90_000 & 0xFFFF_FFFFL)).isEqualTo(CAPTURE.plusNanos(-SECOND));
    assertThat(video.rtpAt(CAPTURE.plusNanos(-SECOND))).isEqualTo(1_000 - 90_000 & 0xFFFF_FFFFL);
    assertThat(video.rtpAt(CAPTURE.plusNanos(SECOND))).isEqualTo(91_000);
  }

  @Test
  void movesThePairOfAnEgressReportWithTime() {
    video.onSenderReport(report(CAPTURE, 0xFFFF_FFFFL), 7 * SECOND);
    assertThat(video.at(7 * SECOND)).isEqualTo(new SenderClock.Reading(CAPTURE, 0xFFFF_FFFFL));
    assertThat(video.at(9 * SECOND))
        .isEqualTo(new SenderClock.Reading(CAPTURE.plusNanos(2 * SECOND), 179_999));
  }

  @Test
  void believesTheLatestReport() {
    video.onSenderReport(report(CAPTURE, 0), 0);
    video.onSenderReport(report(CAPTURE.plusNanos(SECOND), 90_090), SECOND);
    assertThat(video.ntpAt(90_090)).isEqualTo(CAPTURE.plusNanos(SECOND));
  }

  /// The heart of lip sync: what was captured at one moment is stated to have been captured at one
  /// moment, however long each report was under way.
  @Property
  void soundAndPictureStayInStepHoweverLateTheReportsCome(
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long soundStart,
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long pictureStart,
      @ForAll @LongRange(max = 3_000) long soundDelay,
      @ForAll @LongRange(max = 3_000) long pictureDelay,
      @ForAll @LongRange(min = 3, max = 60) long seconds) {
    SenderClock sound = new SenderClock(48_000);
    SenderClock picture = new SenderClock(90_000);
    sound.onSenderReport(report(CAPTURE, soundStart), soundDelay * MILLISECOND);
    picture.onSenderReport(report(CAPTURE, pictureStart), pictureDelay * MILLISECOND);

    SenderClock.Reading soundPair = Objects.requireNonNull(sound.at(seconds * SECOND));
    SenderClock.Reading picturePair = Objects.requireNonNull(picture.at(seconds * SECOND));

    NtpTime moment = CAPTURE.plusNanos(seconds * SECOND);
    long soundOff = sinceStart(soundPair, soundStart, 48_000) - soundPair.ntp().nanosSince(CAPTURE);
    long pictureOff =
        sinceStart(picturePair, pictureStart, 90_000) - picturePair.ntp().nanosSince(CAPTURE);
    assertThat(soundOff).isBetween(-11_000L, 11_000L); // half a tick
    assertThat(pictureOff).isBetween(-11_000L, 11_000L);
    assertThat(picture.rtpAt(moment)).isEqualTo(pictureStart + seconds * 90_000 & 0xFFFF_FFFFL);
  }

  @Test
  void guessesFromTheLeastDelayedPacketWhileNoReportComes() {
    NtpTime ours = NtpTime.ofEpochNanos(1_000 * SECOND);
    video.onPacket(9_000, ours, SECOND);
    assertThat(video.ntpAt(9_000)).isEqualTo(ours);

    // 100 ms of media later, but 130 ms of time: delayed, changes nothing
    video.onPacket(18_000, ours.plusNanos(130 * MILLISECOND), SECOND + 130 * MILLISECOND);
    assertThat(video.ntpAt(18_000)).isEqualTo(ours.plusNanos(100 * MILLISECOND));

    // 200 ms of media later, but only 180 ms of time: the first one was delayed
    video.onPacket(27_000, ours.plusNanos(180 * MILLISECOND), SECOND + 180 * MILLISECOND);
    assertThat(video.ntpAt(27_000)).isEqualTo(ours.plusNanos(180 * MILLISECOND));
    assertThat(video.isReported()).isFalse();
  }

  @Test
  void forgetsItsGuessForAReportAndNeverGuessesAgain() {
    NtpTime ours = NtpTime.ofEpochNanos(1_000 * SECOND);
    video.onPacket(0, ours, 0);
    video.onSenderReport(report(CAPTURE, 0), SECOND);
    video.onPacket(90_000, ours, SECOND);
    assertThat(video.isReported()).isTrue();
    assertThat(video.ntpAt(0)).isEqualTo(CAPTURE);
  }

  private static long sinceStart(SenderClock.Reading pair, long start, int clockRate) {
    return (pair.rtpTimestamp() - start & 0xFFFF_FFFFL) * SECOND / clockRate;
  }

  private static SenderReport report(NtpTime ntp, long rtpTimestamp) {
    return new SenderReport(1, ntp.bits(), rtpTimestamp, 0, 0, List.of());
  }
}
