package io.wishbone.webrtc.pacer;

import io.wishbone.webrtc.bwe.ProbeCluster;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A leaky bucket in front of one viewer's path.
///
/// ```
/// enqueue --> SOUND    --> at once -------------------------------+
///         --> COPY     --> when it is time -+                     |
///         --> REPAIR   --> \                |                     |
///         --> PICTURE  -->  budget: factor x estimate, 5 ms deep -+--> PacedSender
/// probe   --> clusters -->  at their own rate, out of the queues, +
///                           with padding when they are empty
/// ```
///
/// A queue is bounded by time and number. Sound that does not fit pushes out the oldest; repair is
/// dropped; when a picture has waited too long, the rate cannot carry what is sent, and all
/// pictures that wait are dropped, since each needs those before it: the viewer then needs a
/// keyframe, or another layer.
///
/// While nothing waits nothing is due, and a packet that is enqueued may go at once: call
/// [#handleTimeout] when [#nextTimeoutNanos] has come, also right after [#enqueue].
public final class Pacer {

  static final int MAX_SOUND = 64;
  static final int MAX_REPAIR = 256;
  static final int MAX_COPIES = 256;
  static final int MAX_PICTURE = 4096;

  private static final int MAX_PROBES = 4;
  private static final int MAX_STEPS = 2_048;
  private static final int USUAL_PADDING = 250;
  private static final long SECOND = 1_000_000_000L;

  /// Sound does not pay in advance further than this.
  private static final long MAX_DEBT_NANOS = 100_000_000;

  private final PacingPolicy policy;
  private final WaitingPackets sound = new WaitingPackets(MAX_SOUND);
  private final WaitingPackets repair = new WaitingPackets(MAX_REPAIR);
  private final WaitingPackets copies = new WaitingPackets(MAX_COPIES);
  private final WaitingPackets picture = new WaitingPackets(MAX_PICTURE);
  private final ArrayDeque<ProbeCluster> probes = new ArrayDeque<>(MAX_PROBES);

  private double bytesASecond;
  private double budget;
  private boolean started;
  private long filledNanos;

  private @Nullable ProbeCluster probe;
  private long probeNextNanos;
  private long probeBytes;
  private int probePackets;

  private boolean keyframeNeeded;
  private long sentPackets;
  private long droppedPackets;
  private long paddingBytes;

  /// @param bitrate the estimate at first, bits a second
  public Pacer(PacingPolicy policy, long bitrate) {
    this.policy = policy;
    onEstimate(bitrate);
    budget = depth();
  }

  /// The path is estimated to carry this.
  public void onEstimate(long bitsPerSecond) {
    bytesASecond = Math.max(1_000, policy.factor() * bitsPerSecond / 8);
  }

  /// Sends a cluster of packets at the cluster's rate. False: enough of them wait.
  public boolean probe(ProbeCluster cluster) {
    if (probes.size() == MAX_PROBES) {
      return false;
    }
    probes.add(cluster);
    return true;
  }

  /// Queues a packet.
  ///
  /// @param handle whatever tells the [PacedSender] which one it is
  /// @param bytes what it will take, about
  /// @return false: it was dropped
  public boolean enqueue(PacketClass kind, long handle, int bytes, long nowNanos) {
    fill(nowNanos);
    return switch (kind) {
      case SOUND -> {
        if (sound.count() == MAX_SOUND) {
          sound.remove();
          droppedPackets++;
        }
        yield sound.add(handle, bytes, nowNanos);
      }
      case REPAIR -> addOrDrop(repair, handle, bytes, nowNanos);
      case COPY -> addOrDrop(copies, handle, bytes, nowNanos);
      case PICTURE -> {
        boolean added = picture.add(handle, bytes, nowNanos);
        if (!added) {
          droppedPackets++;
          dropPictures();
        }
        yield added;
      }
    };
  }

  private boolean addOrDrop(WaitingPackets queue, long handle, int bytes, long nowNanos) {
    boolean added = queue.add(handle, bytes, nowNanos);
    droppedPackets += added ? 0 : 1;
    return added;
  }

  /// Whether a picture's packet may go at once, past the queues: nothing waits, and nothing is
  /// owed. It is paid for then. Costs next to nothing, for the many viewers whose path is not the
  /// limit.
  public boolean pass(int bytes, long nowNanos) {
    if (probe != null || !probes.isEmpty() || !repair.isEmpty() || !picture.isEmpty()) {
      return false;
    }
    fill(nowNanos);
    if (budget <= 0) {
      return false;
    }
    pay(bytes);
    return true;
  }

  /// Sound went past the queues.
  public void onSoundSent(int bytes, long nowNanos) {
    fill(nowNanos);
    pay(bytes);
  }

  /// Forgets the pictures that wait, such as when the viewer is switched to another layer.
  public void clearPictures() {
    droppedPackets += picture.clear();
  }

  /// Drops the pictures that wait, since what belongs before them cannot be sent any more: a
  /// keyframe is needed.
  public void dropPictures() {
    clearPictures();
    keyframeNeeded = true;
  }

  /// When [#handleTimeout] will have something to send or to drop; `Long.MAX_VALUE` while nothing
  /// waits.
  public long nextTimeoutNanos() {
    if (!sound.isEmpty()) {
      return filledNanos;
    }
    if (probe != null) {
      return probeNextNanos;
    }
    if (!probes.isEmpty()) {
      return filledNanos;
    }
    return repair.isEmpty() && picture.isEmpty() ? copyNanos() : Math.min(paidNanos(), copyNanos());
  }

  /// When the next copy may go.
  private long copyNanos() {
    return copies.isEmpty() ? Long.MAX_VALUE : Math.max(copyDueNanos(), paidNanos());
  }

  private long copyDueNanos() {
    return copies.firstSince() + policy.copyWaitNanos();
  }

  private boolean isCopyDue(long nowNanos) {
    return !copies.isEmpty() && nowNanos >= copyDueNanos();
  }

  /// When the next paced packet may go: when nothing is owed; or, not to wake up for each packet,
  /// when a burst may, or what is there.
  private long paidNanos() {
    if (budget > 0) {
      return filledNanos;
    }
    double wanted = Math.min(depth(), (double) (repair.bytes() + copies.bytes() + picture.bytes()));
    return filledNanos + (long) Math.ceil((wanted - budget) * SECOND / bytesASecond);
  }

  /// Sends what may go now.
  public void handleTimeout(long nowNanos, PacedSender sender) {
    fill(nowNanos);
    while (!sound.isEmpty()) {
      pay(sender.send(PacketClass.SOUND, sound.remove(), ProbeCluster.NONE, nowNanos));
    }
    expire(nowNanos);
    sendProbes(nowNanos, sender);
    // While a probe goes on, it alone decides when: what went in between would spoil it.
    while (probe == null && budget > 0 && isAnyDue(nowNanos)) {
      pay(sendFirst(ProbeCluster.NONE, nowNanos, sender));
    }
  }

  private boolean isAnyDue(long nowNanos) {
    return !repair.isEmpty() || !picture.isEmpty() || isCopyDue(nowNanos);
  }

  private void expire(long nowNanos) {
    while (!repair.isEmpty() && nowNanos - repair.firstSince() > policy.maxRepairWaitNanos()) {
      repair.remove();
      droppedPackets++;
    }
    while (!copies.isEmpty() && nowNanos - copyDueNanos() > policy.maxRepairWaitNanos()) {
      copies.remove();
      droppedPackets++;
    }
    if (!picture.isEmpty() && nowNanos - picture.firstSince() > policy.maxWaitNanos()) {
      dropPictures();
    }
  }

  private void sendProbes(long nowNanos, PacedSender sender) {
    for (int steps = 0; steps < MAX_STEPS; steps++) {
      ProbeCluster current = probe;
      if (current == null) {
        current = probes.poll();
        if (current == null) {
          return;
        }
        probe = current;
        probeNextNanos = nowNanos;
        probeBytes = 0;
        probePackets = 0;
      }
      if (probeNextNanos > nowNanos) {
        return;
      }
      int bytes = sendForProbe(current, nowNanos, sender);
      if (bytes <= 0) {
        probe = null; // there is nothing to probe with
        continue;
      }
      pay(bytes);
      probeBytes += bytes;
      probePackets++;
      probeNextNanos += bytes * 8L * SECOND / Math.max(1, current.bitrate());
      if (probeBytes >= current.bytes() && probePackets >= current.packets()) {
        probe = null;
      }
    }
  }

  private int sendForProbe(ProbeCluster cluster, long nowNanos, PacedSender sender) {
    while (isAnyDue(nowNanos)) {
      int bytes = sendFirst(cluster.id(), nowNanos, sender);
      if (bytes > 0) {
        return bytes;
      }
    }
    int wanted = Math.max(USUAL_PADDING, cluster.bytes() / cluster.packets());
    int bytes = sender.pad(wanted, cluster.id(), nowNanos);
    paddingBytes += Math.max(0, bytes);
    return bytes;
  }

  private int sendFirst(int probeCluster, long nowNanos, PacedSender sender) {
    if (!repair.isEmpty()) {
      return sender.send(PacketClass.REPAIR, repair.remove(), probeCluster, nowNanos);
    }
    return isCopyDue(nowNanos)
        ? sender.send(PacketClass.COPY, copies.remove(), probeCluster, nowNanos)
        : sender.send(PacketClass.PICTURE, picture.remove(), probeCluster, nowNanos);
  }

  private void pay(int bytes) {
    if (bytes > 0) {
      sentPackets++;
      double maxDebt = bytesASecond * MAX_DEBT_NANOS / SECOND;
      budget = Math.max(budget - bytes, -maxDebt);
    }
  }

  private void fill(long nowNanos) {
    if (started) {
      long elapsed = Math.clamp(nowNanos - filledNanos, 0, SECOND);
      budget = Math.min(depth(), budget + bytesASecond * elapsed / SECOND);
    }
    started = true;
    filledNanos = Math.max(filledNanos, nowNanos);
  }

  private double depth() {
    return bytesASecond * policy.burstNanos() / SECOND;
  }

  /// Bytes of pictures that wait.
  public long waitingPictureBytes() {
    return picture.bytes();
  }

  /// Packets of pictures that wait.
  public int waitingPictures() {
    return picture.count();
  }

  /// For how long a repair waits that is queued now.
  public long repairWaitNanos() {
    return repair.isEmpty()
        ? 0
        : (long) ((repair.bytes() - Math.min(budget, 0)) * SECOND / bytesASecond);
  }

  /// Bytes that wait, but for copies, which wait for their time.
  public long waitingBytes() {
    return sound.bytes() + repair.bytes() + picture.bytes();
  }

  /// Packets that wait, but for copies, which wait for their time.
  public int waitingPackets() {
    return sound.count() + repair.count() + picture.count();
  }

  /// Copies of repairs that wait for their time.
  public int waitingCopies() {
    return copies.count();
  }

  /// Whether pictures were dropped, so that only a keyframe helps. Asking resets it.
  public boolean pollKeyframeNeeded() {
    boolean needed = keyframeNeeded;
    keyframeNeeded = false;
    return needed;
  }

  /// Packets that went out, padding included.
  public long sentPackets() {
    return sentPackets;
  }

  /// Packets that did not.
  public long droppedPackets() {
    return droppedPackets;
  }

  public long paddingBytes() {
    return paddingBytes;
  }
}
