package io.wishbone.node.stream;

import io.wishbone.node.forward.LayerSelector;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.RedFormat;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.FormatParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The sound or the picture of a stream.
public final class Track {
  /// Encodings of one track that are kept at a time. No simulcast has more than four; a source that
  /// keeps changing its SSRC loses the oldest ones.
  private static final int MAX_ENCODINGS = 8;

  /// How long an encoding may be silent, while another of the same track is not, before it counts
  /// as stopped.
  private static final long STOPPED_NANOS = 1_000_000_000L;

  /// An encoding that has sent nothing for so long counts as inactive: a screen that is shared may
  /// stand still for a second.
  private static final long QUIET_NANOS = 2_000_000_000L;

  /// Qualities are compared this often.
  static final long WINDOW_NANOS = 500_000_000L;

  private final Codec codec;
  private final FormatParameters parameters;
  private final Map<String, Integer> extensionIds;
  private final PacketMemory memory;
  private final HistoryLimits history;
  private final @Nullable RedFormat redundancy;
  private final List<Encoding> encodings = new ArrayList<>();
  private int nextEncodingId;
  private int preferred = LayerSelector.NONE;
  private long lastPacketNanos = Long.MIN_VALUE;
  private long nextWindowNanos = Long.MIN_VALUE;

  /// @param parameters what was agreed on with the source, such as a profile
  /// @param extensionIds the source's ids of header extensions, by URI
  /// @param memory where the packets of its encodings are kept
  /// @param history how many of them
  public Track(
      Codec codec,
      FormatParameters parameters,
      Map<String, Integer> extensionIds,
      PacketMemory memory,
      HistoryLimits history) {
    this(codec, parameters, extensionIds, memory, history, null);
  }

  /// A track that may come with copies of what was sent before.
  public Track(
      Codec codec,
      FormatParameters parameters,
      Map<String, Integer> extensionIds,
      PacketMemory memory,
      HistoryLimits history,
      @Nullable RedFormat redundancy) {
    this.codec = codec;
    this.parameters = parameters;
    this.extensionIds = Map.copyOf(extensionIds);
    this.memory = memory;
    this.history = history;
    this.redundancy = redundancy;
  }

  public Codec codec() {
    return codec;
  }

  /// How its packets come with copies of what was sent before, null when they do not.
  public @Nullable RedFormat redundancy() {
    return redundancy;
  }

  public FormatParameters parameters() {
    return parameters;
  }

  public Map<String, Integer> extensionIds() {
    return extensionIds;
  }

  public List<Encoding> encodings() {
    return List.copyOf(encodings);
  }

  /// A new encoding, for an SSRC that was not seen before. When the preferred encoding had the same
  /// name, this is what has become of it, and is preferred from now on.
  public Encoding add(long ssrc, @Nullable String rid, long nowNanos) {
    if (encodings.size() == MAX_ENCODINGS) {
      Encoding silent = longestSilent();
      silent.history().clear();
      encodings.remove(silent);
    }
    var encoding =
        new Encoding(
            this,
            nextEncodingId++,
            ssrc,
            rid,
            new PacketHistory(memory, history),
            extensionIds.getOrDefault(HeaderExtensionUris.DEPENDENCY_DESCRIPTOR, 0),
            nowNanos);
    encodings.add(encoding);
    Encoding before = encoding(preferred);
    if (before != null && Objects.equals(before.rid(), rid)) {
      preferred = encoding.id();
    }
    return encoding;
  }

  /// The encoding with this id, null when it is unknown or was dropped.
  public @Nullable Encoding encoding(int id) {
    for (int i = 0; i < encodings.size(); i++) {
      if (encodings.get(i).id() == id) {
        return encodings.get(i);
      }
    }
    return null;
  }

  /// The track's qualities: one for each name of a simulcast encoding, in the order in which `rids`
  /// names them, or the only one. An encoding that has sent nothing for a while has no bitrate.
  ///
  /// @param rids the names of the simulcast encodings, empty without simulcast
  public List<Layer> layers(List<String> rids, long nowNanos) {
    List<Layer> layers = new ArrayList<>();
    if (rids.isEmpty()) {
      layers.add(layer(null, nowNanos));
    }
    for (String rid : rids) {
      layers.add(layer(rid, nowNanos));
    }
    return layers;
  }

  private Layer layer(@Nullable String rid, long nowNanos) {
    Encoding newest = newest(rid);
    if (newest == null) {
      return new Layer(rid, 0, 0, 0, List.of());
    }
    boolean sends = nowNanos - newest.lastPacketNanos() < QUIET_NANOS;
    return new Layer(
        rid,
        sends ? newest.bitrate() : 0,
        newest.width(),
        newest.height(),
        newest.spatialLayers(sends));
  }

  /// The encoding of this name that came last, null when none has.
  public @Nullable Encoding newest(@Nullable String rid) {
    for (int i = encodings.size() - 1; i >= 0; i--) {
      if (Objects.equals(encodings.get(i).rid(), rid)) {
        return encodings.get(i);
      }
    }
    return null;
  }

  /// Counts a packet, and compares the encodings when it is time to.
  public void count(Encoding encoding, int bytes, long nowNanos) {
    encoding.count(bytes, nowNanos);
    lastPacketNanos = nowNanos;
    if (nowNanos >= nextWindowNanos) {
      compare(nowNanos);
      nextWindowNanos = nowNanos + WINDOW_NANOS;
    }
  }

  /// Tells of the qualities that a viewer's choice leaves open, that are sent now, and whose
  /// bitrate is known: see [Thinning].
  public void describe(LayerChoice choice, Thinning.Reader reader) {
    Encoding closest = encoding(closestTo(choice));
    Encoding lowest = null;
    for (int i = 0; i < encodings.size(); i++) {
      Encoding each = encodings.get(i);
      if (isOpen(each, choice, closest) && (lowest == null || each.bitrate() < lowest.bitrate())) {
        lowest = each;
      }
    }
    for (int i = 0; i < encodings.size(); i++) {
      Encoding each = encodings.get(i);
      if (isOpen(each, choice, closest)) {
        Thinning.describe(each, each == lowest, choice, reader);
      }
    }
  }

  /// Whether the path may choose an encoding.
  ///
  /// @param closest what comes closest to the choice: there is nothing else where it is named, or
  ///   beyond the limits
  private boolean isOpen(Encoding candidate, LayerChoice choice, @Nullable Encoding closest) {
    if (isStopped(candidate) || candidate.bitrate() == 0) {
      return false;
    }
    if (candidate == closest || closest == null) {
      return true;
    }
    if (choice.rid() != null && choice.rid().equals(closest.rid())) {
      return false;
    }
    return !choice.isLimited()
        || candidate.width() > 0
            && closest.width() > 0
            && choice.allows(candidate)
            && choice.allows(closest);
  }

  /// Whether packets of the encoding come now.
  public boolean sends(int id) {
    Encoding encoding = encoding(id);
    return encoding != null && !isStopped(encoding);
  }

  /// The bitrate of the encoding that takes most, or would if somebody had use for it; 0 while none
  /// is known.
  public long highestBitrate() {
    long highest = 0;
    for (int i = 0; i < encodings.size(); i++) {
      if (!isStopped(encodings.get(i)) || encodings.get(i).isPaused()) {
        highest = Math.max(highest, encodings.get(i).potentialBitrate());
      }
    }
    return highest;
  }

  /// What all encodings take together that are sent now, bits a second.
  public long bitrate() {
    long bitrate = 0;
    for (int i = 0; i < encodings.size(); i++) {
      bitrate += isStopped(encodings.get(i)) ? 0 : encodings.get(i).bitrate();
    }
    return bitrate;
  }

  /// Lets go of packets that are too old. To be called now and then.
  public void expire(long nowNanos) {
    for (Encoding encoding : encodings) {
      encoding.history().expire(nowNanos);
    }
  }

  /// Lets go of all packets: the source has gone.
  public void release() {
    for (Encoding encoding : encodings) {
      encoding.history().clear();
    }
  }

  /// The id of the encoding that is best now, [LayerSelector#NONE] while there is none. "Best" is
  /// the highest measured bitrate: neither the order nor the names of simulcast encodings say which
  /// is the largest.
  public int preferred() {
    return preferred;
  }

  /// The id of the encoding that comes closest to what a viewer has chosen, [LayerSelector#NONE]
  /// while there is none. The chosen name counts first; then the largest picture within the limits,
  /// or the smallest of all when none is within them; and without any of that, what is best.
  public int closestTo(LayerChoice choice) {
    if (choice.rid() != null) {
      Encoding chosen = newest(choice.rid());
      if (chosen != null && !isStopped(chosen)) {
        return chosen.id();
      }
    }
    if (!choice.isLimited()) {
      return preferred;
    }
    Encoding closest = null;
    for (int i = 0; i < encodings.size(); i++) {
      Encoding candidate = encodings.get(i);
      if (!isStopped(candidate)
          && candidate.width() > 0
          && (closest == null || isCloser(candidate, closest, choice))) {
        closest = candidate;
      }
    }
    return closest == null ? preferred : closest.id();
  }

  private static boolean isCloser(Encoding candidate, Encoding than, LayerChoice choice) {
    boolean allowed = choice.allows(candidate);
    if (allowed != choice.allows(than)) {
      return allowed;
    }
    long difference = pixels(candidate, choice) - pixels(than, choice);
    return allowed ? difference > 0 : difference < 0;
  }

  private static long pixels(Encoding encoding, LayerChoice choice) {
    int target = choice.target(encoding);
    return (long) encoding.width(target) * encoding.height(target);
  }

  private void compare(long nowNanos) {
    Encoding best = encoding(preferred);
    if (best != null && isStopped(best)) {
      best = null;
    }
    for (Encoding candidate : encodings) {
      candidate.endWindow(nowNanos);
    }
    for (Encoding candidate : encodings) {
      if (!isStopped(candidate) && (best == null || isClearlyBetter(candidate, best))) {
        best = candidate;
      }
    }
    preferred = best == null ? LayerSelector.NONE : best.id();
  }

  /// Better by a quarter: a viewer is not switched back and forth between encodings that are alike.
  private static boolean isClearlyBetter(Encoding candidate, Encoding than) {
    return candidate.bitrate() > than.bitrate() + than.bitrate() / 4;
  }

  private boolean isStopped(Encoding encoding) {
    return lastPacketNanos - encoding.lastPacketNanos() > STOPPED_NANOS;
  }

  private Encoding longestSilent() {
    Encoding silent = encodings.getFirst();
    for (Encoding encoding : encodings) {
      if (encoding.lastPacketNanos() < silent.lastPacketNanos()) {
        silent = encoding;
      }
    }
    return silent;
  }
}
