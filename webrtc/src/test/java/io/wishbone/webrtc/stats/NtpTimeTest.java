package io.wishbone.webrtc.stats;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class NtpTimeTest {

  private static final long YEAR_NANOS = 365L * 24 * 3600 * 1_000_000_000L;

  @Test
  void countsFromNineteenHundred() {
    assertThat(NtpTime.ofEpochNanos(0).bits()).isEqualTo(0x83AA7E80_00000000L);
    assertThat(NtpTime.ofEpochNanos(500_000_000).bits()).isEqualTo(0x83AA7E80_80000000L);
    assertThat(NtpTime.ofEpochNanos(-250_000_000).bits()).isEqualTo(0x83AA7E7F_C0000000L);
  }

  @Test
  void namesItsMiddleBits() {
    assertThat(new NtpTime(0xE8F1D4A1_80001234L).middle()).isEqualTo(0xD4A18000L);
    assertThat(new NtpTime(0x1234FFFF_FFFF1234L).middle()).isEqualTo(0xFFFFFFFFL);
  }

  @Test
  void goesOnAcrossTheWrapOfTwentyThirtySix() {
    NtpTime before = new NtpTime(0xFFFFFFFF_C0000000L);
    NtpTime after = before.plusNanos(500_000_000);
    assertThat(after.bits()).isEqualTo(0x00000000_40000000L);
    assertThat(after.nanosSince(before)).isEqualTo(500_000_000);
    assertThat(before.nanosSince(after)).isEqualTo(-500_000_000);
  }

  @Test
  void movesByTicksOfAClock() {
    NtpTime start = new NtpTime(10L << 32);
    assertThat(start.plusTicks(90_000 * 3 + 45_000, 90_000).bits())
        .isEqualTo(13L << 32 | 0x80000000L);
    assertThat(start.plusTicks(-24_000, 48_000).bits()).isEqualTo(9L << 32 | 0x80000000L);
    assertThat(start.plusTicks(Integer.MIN_VALUE, 90_000).ticksSince(start, 90_000))
        .isEqualTo(Integer.MIN_VALUE);
  }

  @Property
  void nanosecondsComeBack(
      @ForAll long bits,
      @ForAll @LongRange(min = -60 * YEAR_NANOS, max = 60 * YEAR_NANOS) long nanos) {
    NtpTime start = new NtpTime(bits);
    assertThat(start.plusNanos(nanos).nanosSince(start)).isEqualTo(nanos);
  }

  @Property
  void ticksComeBack(@ForAll long bits, @ForAll int ticks) {
    NtpTime start = new NtpTime(bits);
    for (int clockRate : new int[] {8_000, 48_000, 90_000}) {
      assertThat(start.plusTicks(ticks, clockRate).ticksSince(start, clockRate)).isEqualTo(ticks);
    }
  }
}
