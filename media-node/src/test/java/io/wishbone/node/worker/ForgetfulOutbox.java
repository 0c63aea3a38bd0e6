package io.wishbone.node.worker;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.bwe.ArrivalRecorder;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.transport.PacketProtocol;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Passes everything on; or counts media and forgets them, but lets viewers report that they have
/// come. Makes no garbage while it forgets.
final class ForgetfulOutbox implements Outbox {
  private static final int REMEMBERED = 4_096;
  private static final long REPORT_NANOS = 50_000_000;
  private static final int TRANSPORT_CC = 3;

  /// What a viewer has got since its last report.
  private static final class Receiver {
    private final SimViewer viewer;
    private final ArrivalRecorder arrivals = new ArrivalRecorder(77);
    private final int[] numbers = new int[REMEMBERED];
    private final long[] ssrcs = new long[REMEMBERED];
    private int count;

    private Receiver(SimViewer viewer) {
      this.viewer = viewer;
    }
  }

  private final ByteBuffer memory = ByteBuffer.allocateDirect(1 << 16);
  private final RtpPacket view = new RtpPacket();
  private final Map<InetSocketAddress, Receiver> receivers = new HashMap<>();
  private Outbox socket = this;
  private boolean forgets;
  private int forgotten;
  private long nextReportNanos;

  Outbox before(Outbox real) {
    socket = real;
    return this;
  }

  void forget(List<SimViewer> reporting) {
    forgets = true;
    for (SimViewer viewer : reporting) {
      viewer.repair().fallSilent();
      receivers.put(viewer.socket().address(), new Receiver(viewer));
    }
  }

  int forgotten() {
    return forgotten;
  }

  void restart() {
    forgotten = 0;
  }

  /// Lets viewers say what has come, 20 times a second.
  void report(long nowNanos) {
    if (nowNanos < nextReportNanos) {
      return;
    }
    nextReportNanos = nowNanos + REPORT_NANOS;
    for (Receiver receiver : receivers.values()) {
      for (int i = 0; i < receiver.count; i++) {
        receiver.arrivals.onPacket(receiver.ssrcs[i], receiver.numbers[i], nowNanos);
      }
      receiver.count = 0;
      List<RtcpPacket> reports =
          new ArrayList<>(receiver.arrivals.handleTimeout(nowNanos + REPORT_NANOS));
      if (!reports.isEmpty()) {
        receiver.viewer.peer().sendRtcp(reports);
      }
    }
  }

  @Override
  public ByteBuffer buffer() {
    return forgets ? memory : socket.buffer();
  }

  @Override
  public int claim(int capacity) {
    return forgets ? 0 : socket.claim(capacity);
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    if (!forgets) {
      socket.commit(offset, length, destination);
    } else if (PacketProtocol.of(memory, offset, length) == PacketProtocol.RTP) {
      forgotten++;
      note(offset, length, destination);
    } else if (!receivers.isEmpty()) {
      int at = socket.claim(length);
      socket.buffer().put(at, memory, offset, length);
      socket.commit(at, length, destination);
    }
  }

  private void note(int offset, int length, InetSocketAddress destination) {
    Receiver receiver = receivers.get(destination);
    if (receiver == null || receiver.count == REMEMBERED || !view.wrap(memory, offset, length)) {
      return;
    }
    int at = view.extensionOffset(TRANSPORT_CC);
    if (at >= 0) {
      receiver.numbers[receiver.count] = Short.toUnsignedInt(memory.getShort(at));
      receiver.ssrcs[receiver.count] = view.ssrc();
      receiver.count++;
    }
  }
}
