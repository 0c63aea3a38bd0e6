package io.wishbone.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceNumbersTest {

  @ParameterizedTest
  @CsvSource({
    // a, b, a is newer, distance
    "0, 0, false, 0",
    "1, 0, true, 1",
    "0, 1, false, -1",
    "0, 65535, true, 1",
    "65535, 0, false, -1",
    "32767, 0, true, 32767",
    "32768, 0, false, -32768",
    "0, 32768, false, -32768",
    "32769, 0, false, -32767",
    "10, 65530, true, 16",
  })
  void comparesAcrossTheWrap(int a, int b, boolean newer, int distance) {
    assertThat(SequenceNumbers.isNewer(a, b)).isEqualTo(newer);
    assertThat(SequenceNumbers.distance(a, b)).isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false, 0",
    "0, 4294967295, true, 1",
    "4294967295, 0, false, -1",
    "2147483647, 0, true, 2147483647",
    "2147483648, 0, false, -2147483648",
    "90000, 4294967296000, true, 90000",
  })
  void comparesTimestampsAcrossTheWrap(long a, long b, boolean newer, int distance) {
    assertThat(RtpTimestamps.isNewer(a, b & 0xFFFF_FFFFL)).isEqualTo(newer);
    assertThat(RtpTimestamps.distance(a, b & 0xFFFF_FFFFL)).isEqualTo(distance);
  }

  @Property
  void distanceLeadsBackToTheNumber(
      @ForAll @IntRange(max = 65535) int a, @ForAll @IntRange(max = 65535) int b) {
    assertThat(SequenceNumbers.plus(b, SequenceNumbers.distance(a, b))).isEqualTo(a);
  }

  @Property
  void atMostOneOfTwoIsNewer(
      @ForAll @IntRange(max = 65535) int a, @ForAll @IntRange(max = 65535) int b) {
    assertThat(SequenceNumbers.isNewer(a, b) && SequenceNumbers.isNewer(b, a)).isFalse();
    assertThat(SequenceNumbers.isNewer(a, b)).isEqualTo(SequenceNumbers.distance(a, b) > 0);
  }

  @Property
  void timestampsMoveForthAndBack(
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long timestamp, @ForAll int ticks) {
    long moved = RtpTimestamps.plus(timestamp, ticks);
    assertThat(moved).isBetween(0L, 0xFFFF_FFFFL);
    assertThat(RtpTimestamps.distance(moved, timestamp)).isEqualTo(ticks);
  }
}
