package io.wishbone.client.demo;

import io.wishbone.webrtc.sdp.MediaKind;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// A few seconds of encoded media that repeat without a seam.
///
/// File format, big-endian: the magic `WBL1`, the loop's duration in microseconds (8 bytes), the
/// number of frames (4 bytes), then for each frame its kind (1 byte, 0 audio, 1 video), whether it
/// is a keyframe (1 byte), its time in microseconds (4 bytes), its length (4 bytes) and its data.
///
/// @param durationNanos after which the first frame is due again
/// @param frames in the order of their times
public record MediaLoop(long durationNanos, List<LoopFrame> frames) {
  static final int MAGIC = 0x57424c31;
  private static final int MAX_FRAMES = 100_000;
  private static final int MAX_FRAME_BYTES = 1 << 20;
  private static final String TEST_PICTURE = "test-picture.loop";

  public MediaLoop {
    frames = List.copyOf(frames);
  }

  /// The test picture that comes with this room: VP8 and Opus.
  public static MediaLoop testPicture() {
    try (InputStream in = MediaLoop.class.getResourceAsStream(TEST_PICTURE)) {
      if (in == null) {
        throw new IllegalStateException(TEST_PICTURE + " is missing from the program");
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(TEST_PICTURE + " can't be read", e);
    }
  }

  /// The frames of one kind, as a loop of the same duration.
  MediaLoop only(MediaKind kind) {
    return new MediaLoop(
        durationNanos, frames.stream().filter(frame -> frame.kind() == kind).toList());
  }

  static MediaLoop read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(new BufferedInputStream(in));
    if (data.readInt() != MAGIC) {
      throw new IOException("not a media loop");
    }
    long duration = data.readLong() * 1_000;
    int count = data.readInt();
    if (duration <= 0 || count <= 0 || count > MAX_FRAMES) {
      throw new IOException("a media loop of " + count + " frames in " + duration + " ns");
    }
    List<LoopFrame> frames = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      frames.add(readFrame(data));
    }
    return new MediaLoop(duration, frames);
  }

  private static LoopFrame readFrame(DataInputStream data) throws IOException {
    MediaKind kind = data.readByte() == 0 ? MediaKind.AUDIO : MediaKind.VIDEO;
    boolean keyframe = data.readByte() != 0;
    long atNanos = data.readInt() * 1_000L;
    int length = data.readInt();
    if (length < 0 || length > MAX_FRAME_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    return new LoopFrame(kind, atNanos, keyframe, data.readNBytes(length));
  }
}
