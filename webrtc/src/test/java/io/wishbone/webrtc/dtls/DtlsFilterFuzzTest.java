package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Feeds one filter with what looks like a series of datagrams, each led by two bytes of length.
/// What it admits is judged by a second, naive reading.
class DtlsFilterFuzzTest {

  @FuzzTest
  void whatIsAdmittedIsBounded(byte[] input) {
    TimeBound.hold(() -> filter(input));
  }

  private void filter(byte[] input) {
    var filter = new DtlsFilter();
    Map<Integer, Integer> declared = new HashMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(input);
    int at = 0;
    while (at + 2 <= input.length) {
      int length = Math.min(buffer.getShort(at) & 0x0fff, input.length - at - 2);
      if (filter.admits(buffer, at + 2, length)) {
        readRecords(buffer, at + 2, at + 2 + length, declared);
      }
      at += 2 + length;
    }
    assertThat(declared.values().stream().mapToInt(i -> i).sum())
        .isLessThanOrEqualTo(DtlsFilter.MAX_DECLARED);
    assertThat(declared.size()).isLessThanOrEqualTo(DtlsFilter.MESSAGE_WINDOW);
  }

  private static void readRecords(
      ByteBuffer buffer, int start, int end, Map<Integer, Integer> declared) {
    int at = start;
    while (at < end) {
      int length = buffer.getShort(at + 11) & 0xffff;
      boolean clear = buffer.getShort(at + 3) == 0;
      if (clear && buffer.get(at) == 22) {
        readMessages(buffer, at + 13, at + 13 + length, declared);
      }
      at += 13 + length;
    }
    assertThat(at).isEqualTo(end);
  }

  private static void readMessages(
      ByteBuffer buffer, int start, int end, Map<Integer, Integer> declared) {
    int at = start;
    while (at < end) {
      int length = buffer.getInt(at) & 0xffffff;
      int offset = buffer.getInt(at + 5) & 0xffffff;
      int fragment = buffer.getInt(at + 8) & 0xffffff;
      assertThat(offset + fragment).isLessThanOrEqualTo(length);
      assertThat(length).isLessThanOrEqualTo(DtlsFilter.MAX_MESSAGE);
      Integer before = declared.put(buffer.getShort(at + 4) & 0xffff, length);
      assertThat(before == null || before == length).isTrue();
      at += 12 + fragment;
    }
    assertThat(at).isEqualTo(end);
  }
}
