package io.wishbone.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpIndexTest {

  @ParameterizedTest(name = "{0} after {1} is {2}")
  @CsvSource({
    "0x0001, 0x00000, 0x00001",
    "0x0000, 0x0ffff, 0x10000", // forward over the end of a cycle
    "0xffff, 0x10000, 0x0ffff", // back over it
    "0x8000, 0x10000, 0x18000", // exactly half a cycle: in the same cycle, either way
    "0x7fff, 0x0ffff, 0x07fff",
    "0x8001, 0x10000, 0x08001",
    "0x7ffe, 0x0ffff, 0x17ffe",
    "0x8000, 0x0ffff, 0x08000",
    "0xffff, 0x00003, 0x0ffff", // there is nothing below zero
    "0x0000, 0xffffffffffff, 0xffffffff0000", // and nothing above 48 bits
  })
  void findsTheNearestIndex(String sequenceNumber, String highest, String expected) {
    assertThat(RtpIndex.nearest(Integer.decode(sequenceNumber), Long.decode(highest)))
        .isEqualTo(Long.decode(expected));
  }

  @Property
  void isNeverWrongWithinHalfACycle(
      @ForAll @LongRange(min = 0x8000, max = (1L << 47)) long highest,
      @ForAll @IntRange(min = -0x7fff, max = 0x7fff) int distance) {
    long index = highest + distance;
    assertThat(RtpIndex.nearest((int) (index & 0xffff), highest)).isEqualTo(index);
  }

  @Property
  void isMadeOfRolloverCounterAndSequenceNumber(
      @ForAll int rolloverCounter, @ForAll @IntRange(min = 0, max = 0xffff) int sequenceNumber) {
    long index = RtpIndex.of(rolloverCounter, sequenceNumber);
    assertThat(RtpIndex.rolloverCounter(index)).isEqualTo(rolloverCounter);
    assertThat(index & 0xffff).isEqualTo(sequenceNumber);
    assertThat(index).isBetween(0L, (1L << 48) - 1);
  }
}
