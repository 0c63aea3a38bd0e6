package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 2198 section 3, with Opus as payload type 111 (0x6f).
class RedFormatTest {
  private static final RedFormat FORMAT = new RedFormat(63, 111);

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(hex));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no copy,               6f aa bb,                                  1",
    "one copy of two bytes, ef 0f 00 02 6f c1 c2 aa bb,                7",
    "two copies,            ef 1e 00 01 ef 0f 00 02 6f c0 c1 c2 aa,   12",
    "an empty copy,         ef 0f 00 00 6f aa,                         5",
    "nothing,               '',                                       -1",
    "no primary block,      6f,                                       -1",
    "a primary of nothing,  ef 0f 00 02 6f c1 c2,                     -1",
    "a copy cut short,      ef 0f 00 03 6f c1 c2,                     -1",
    "a header cut short,    ef 0f 00,                                 -1",
    "headers without end,   ef 0f 00 00,                              -1",
    "another codec,         ef 0f 00 01 60 c1 aa,                     -1",
    "a copy of another,     e0 0f 00 01 6f c1 aa,                     -1"
  })
  void findsWhatIsNew(String name, String hex, int primary) {
    ByteBuffer payload = bytes(hex);

    assertThat(FORMAT.primary(payload, 0, payload.limit())).isEqualTo(primary);
  }

  @Test
  void readsNoMoreThanThirtyTwoCopies() {
    String copies = "ef 0f 00 00 ";

    ByteBuffer most = bytes(copies.repeat(32) + "6f aa");
    assertThat(FORMAT.primary(most, 0, most.limit())).isEqualTo(32 * 4 + 1);
    ByteBuffer more = bytes(copies.repeat(33) + "6f aa");
    assertThat(FORMAT.primary(more, 0, more.limit())).isEqualTo(RedFormat.MALFORMED);
  }

  @Test
  void namesTheBlocksAsTheOtherSideDoesAndNothingElse() {
    ByteBuffer payload = bytes("ef 1e 00 01 ef 0f 00 02 6f ef 6f c2 6f");

    new RedFormat(120, 96).rename(payload, 0);

    assertThat(payload.array()).isEqualTo(bytes("e0 1e 00 01 e0 0f 00 02 60 ef 6f c2 6f").array());
  }

  /// Whatever comes: it ends, within the payload, and what is found can be renamed.
  @Test
  void surviveAnything() {
    var random = new Random(2198);
    int found = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] payload = new byte[random.nextInt(64)];
      random.nextBytes(payload);
      for (int at = 0; at < payload.length && random.nextInt(4) > 0; at += 4) {
        payload[at] = (byte) (random.nextBoolean() ? 0xef : 0x6f);
        if (at + 3 < payload.length) {
          payload[at + 2] = 0;
          payload[at + 3] = (byte) random.nextInt(8);
        }
      }
      ByteBuffer buffer = ByteBuffer.wrap(payload);
      int primary = FORMAT.primary(buffer, 0, payload.length);
      if (primary != RedFormat.MALFORMED) {
        found++;
        assertThat(primary).isBetween(1, payload.length - 1);
        new RedFormat(120, 96).rename(buffer, 0);
        assertThat(new RedFormat(120, 96).primary(buffer, 0, payload.length)).isEqualTo(primary);
      }
    }
    assertThat(found).isGreaterThan(10_000);
  }
}
