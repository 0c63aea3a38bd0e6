package io.wishbone.bench.micro;

import io.wishbone.webrtc.srtp.SrtpKeyingMaterial;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.srtp.SrtpSession;
import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Protecting and unprotecting a packet of 1,134 bytes in direct memory.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SrtpBenchmark {
  private static final int LENGTH = 1_134;

  @Param({"ipsec-mb", "openssl", "jce"})
  private String backend = "jce";

  @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
  private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

  private final ByteBuffer sent = ByteBuffer.allocateDirect(2_000);
  private final ByteBuffer received = ByteBuffer.allocateDirect(2_000);
  private SrtpSession sender = session(true);
  private SrtpSession receiver = session(false);
  private int number;

  private SrtpSession session(boolean isClient) {
    byte[] keys = new byte[profile.keyingMaterialLength()];
    return new SrtpSession(
        SrtpKeyingMaterial.split(profile, keys, isClient), SrtpBackends.find().provider(backend));
  }

  @Setup
  public void begin() {
    sender = session(true);
    receiver = session(false);
    number = 0;
    sent.put(0, (byte) 0x80).put(1, (byte) 96).putInt(8, 7);
  }

  @Benchmark
  public int protect() {
    number++;
    sent.putShort(2, (short) number);
    return sender.protectRtp(sent, 0, LENGTH, number >>> 16);
  }

  /// With a packet that was protected before; subtract [#protect].
  @Benchmark
  public int protectAndUnprotect() {
    number++;
    received.put(0, (byte) 0x80).put(1, (byte) 96).putInt(8, 7);
    received.putShort(2, (short) number);
    int length = sender.protectRtp(received, 0, LENGTH, number >>> 16);
    return receiver.unprotectRtp(received, 0, length);
  }
}
