package io.wishbone.webrtc.transport;

import io.wishbone.webrtc.dtls.DtlsAssociation;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Single datagrams that whoever can forge a source address may send into a handshake.
enum ForgedDtls {
  JUNK_HELLO,
  BEGINNING_OF_A_HELLO,
  FATAL_ALERT,
  CLOSE_NOTIFY,
  HELLO_OF_DTLS_1_0,
  HELLO_WITHOUT_EXTENDED_MASTER_SECRET,
  HELLO_WITHOUT_USE_SRTP;

  private static final DtlsIdentity FORGER = DtlsIdentity.generate(new SecureRandom());

  byte[] datagram() {
    return switch (this) {
      case JUNK_HELLO -> junkHello(60, 60);
      case BEGINNING_OF_A_HELLO -> junkHello(200, 10);
      case FATAL_ALERT -> record(21, new byte[] {2, 40});
      case CLOSE_NOTIFY -> record(21, new byte[] {1, 0});
      case HELLO_OF_DTLS_1_0 -> {
        byte[] hello = hello();
        hello[26] = (byte) 0xff;
        yield hello;
      }
      case HELLO_WITHOUT_EXTENDED_MASTER_SECRET -> without(hello(), new byte[] {0, 23, 0, 0});
      case HELLO_WITHOUT_USE_SRTP -> without(hello(), new byte[] {0, 14, 0, 7});
    };
  }

  private static byte[] hello() {
    DtlsAssociation client =
        DtlsAssociation.client(
            FORGER,
            Set.of(FORGER.fingerprint()),
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80),
            new SecureRandom());
    byte[] hello = client.start(0).datagrams().getFirst();
    client.abandon();
    return hello;
  }

  /// Turns the extension into one that nobody knows.
  private static byte[] without(byte[] hello, byte[] extension) {
    for (int i = 0; i < hello.length - extension.length; i++) {
      if (Arrays.equals(hello, i, i + extension.length, extension, 0, extension.length)) {
        hello[i] = (byte) 0xfa;
        return hello;
      }
    }
    throw new AssertionError("no such extension in the hello");
  }

  private static byte[] junkHello(int length, int present) {
    ByteBuffer body = ByteBuffer.allocate(12 + present);
    body.putInt(1 << 24 | length);
    body.putShort(10, (short) present);
    Arrays.fill(body.array(), 12, 12 + present, (byte) 0xaa);
    return record(22, body.array());
  }

  private static byte[] record(int contentType, byte[] body) {
    return ByteBuffer.allocate(13 + body.length)
        .put((byte) contentType)
        .putShort((short) 0xfefd)
        .putLong(7)
        .putShort((short) body.length)
        .put(body)
        .array();
  }
}
