package io.wishbone.bench.micro;

import io.wishbone.node.forward.EgressFormat;
import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.forward.LayerTarget;
import io.wishbone.node.forward.PacketRewriter;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Writing a VP8 packet anew for a viewer.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RewriteBenchmark {
  private static final int LENGTH = 1_134;

  private final ByteBuffer source = ByteBuffer.allocateDirect(2_000);
  private final ByteBuffer target = ByteBuffer.allocateDirect(2_000);
  private final SourcePacket packet = new SourcePacket();
  private final PacketRewriter rewriter =
      new PacketRewriter(new EgressFormat(7, 96, 4, "1", 3, true, null), new RtpHeaderWriter());
  private final EgressNumbering numbering;

  public RewriteBenchmark() {
    source.put(0, (byte) 0x80).put(1, (byte) 96).putShort(2, (short) 100).putInt(4, 9_000);
    source.put(12, (byte) 0x90).put(13, (byte) 0x80).put(14, (byte) 0x81);
    if (!packet.wrap(source, 0, LENGTH, 100, 0)) {
      throw new IllegalStateException("not a packet");
    }
    packet.classify(0, Codec.VP8);
    numbering = EgressNumbering.beginning(packet, LayerTarget.WHOLE, 5_000, 70_000);
  }

  @Benchmark
  public int rewrite() {
    return rewriter.write(packet, numbering, ExtensionMapping.NOTHING, 5, target, 0);
  }
}
