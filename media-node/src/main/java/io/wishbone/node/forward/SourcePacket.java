package io.wishbone.node.forward;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.payload.PictureSize;
import io.wishbone.webrtc.payload.RedFormat;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A media packet of a source, read once and shown to every viewer. Reused from packet to packet.
public final class SourcePacket {
  private final RtpPacket rtp = new RtpPacket();
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final PictureSize pictureSize = new PictureSize();
  private final PacketLayers layers = new PacketLayers();
  private boolean hasVp8;
  private boolean hasPictureSize;
  private long index;
  private int encoding;
  private boolean keyframe;
  private int primary;
  private long arrivalNanos;

  /// Points this at the packet in these bytes. False: it is no well-formed RTP packet.
  ///
  /// @param index its 48-bit index, ROC << 16 | sequence number
  public boolean wrap(ByteBuffer buffer, int offset, int length, long index, long arrivalNanos) {
    this.index = index;
    this.arrivalNanos = arrivalNanos;
    this.encoding = LayerSelector.NONE;
    this.keyframe = false;
    this.hasVp8 = false;
    this.hasPictureSize = false;
    this.primary = 0;
    layers.clear();
    return rtp.wrap(buffer, offset, length);
  }

  /// Looks into the payload of a track that comes without copies of what was sent before.
  public void classify(int encoding, Codec codec) {
    classify(encoding, codec, null);
  }

  /// Looks into the payload, once for all viewers.
  ///
  /// @param encoding which of its track's encodings the packet belongs to
  /// @param redundancy how its track comes with copies of what was sent before
  public void classify(int encoding, Codec codec, @Nullable RedFormat redundancy) {
    this.encoding = encoding;
    ByteBuffer buffer = rtp.buffer();
    int offset = rtp.payloadOffset();
    int length = rtp.payloadLength();
    keyframe = KeyframeDetector.startsKeyframe(codec, buffer, offset, length);
    hasVp8 = codec == Codec.VP8 && vp8.wrap(buffer, offset, length);
    primary =
        redundancy == null || length == 0 || rtp.payloadType() != redundancy.payloadType()
            ? 0
            : redundancy.primary(buffer, offset, length);
    hasPictureSize = keyframe && codec.isVideo() && pictureSize.read(codec, buffer, offset, length);
  }

  /// Becomes a copy of another one, its bytes at `at` in `memory`, where there is room for them.
  public void copy(SourcePacket original, Codec codec, ByteBuffer memory, int at) {
    RtpPacket source = original.rtp;
    memory.put(at, source.buffer(), source.offset(), source.length());
    var _ = wrap(memory, at, source.length(), original.index, original.arrivalNanos);
    classify(original.encoding, codec);
    primary = original.primary;
    layers.copy(original.layers);
  }

  /// Where in the payload the sound begins that is new, behind copies of what was sent before: 0
  /// where there are none, [RedFormat#MALFORMED] where that cannot be told.
  public int primary() {
    return primary;
  }

  /// Where the packet lies among the layers of its encoding.
  public PacketLayers layers() {
    return layers;
  }

  public RtpPacket rtp() {
    return rtp;
  }

  public long index() {
    return index;
  }

  public int encoding() {
    return encoding;
  }

  /// Whether a decoder can begin with it; true of all sound.
  public boolean keyframe() {
    return keyframe;
  }

  /// How large the picture is, where this packet begins a keyframe that says so; else null.
  public @Nullable PictureSize pictureSize() {
    return hasPictureSize ? pictureSize : null;
  }

  public long arrivalNanos() {
    return arrivalNanos;
  }

  /// The payload descriptor, null unless the codec is VP8.
  public @Nullable Vp8Descriptor vp8() {
    return hasVp8 ? vp8 : null;
  }
}
