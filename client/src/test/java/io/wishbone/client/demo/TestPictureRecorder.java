package io.wishbone.client.demo;

import io.wishbone.webrtc.sdp.MediaKind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Draws the test picture and its sound, has `ffmpeg` encode them (libvpx, libopus), and packs both
/// into the loop that the program ships. Run its `main` with the file to write; it is no test.
///
/// Everything that moves returns to where it began after ten seconds, so that the loop has no seam.
/// A keyframe stands at every half second, where a viewer may come in.
public final class TestPictureRecorder {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int FRAMES_PER_SECOND = 25;
  private static final int SECONDS = 10;
  private static final int SAMPLE_RATE = 48_000;
  private static final int KEYFRAME_INTERVAL = 12;
  private static final Color[] BARS = {
    new Color(0xe6e6e6),
    new Color(0xd9c21f),
    new Color(0x1fb8c4),
    new Color(0x2fae4e),
    new Color(0xb13fb5),
    new Color(0xc43a31),
    new Color(0x2f4fc4)
  };

  private TestPictureRecorder() {}

  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments[0]);
    Path folder = Files.createTempDirectory("test-picture");
    Path video = folder.resolve("picture.ivf");
    Path audio = folder.resolve("sound.ogg");
    encodeVideo(video);
    encodeAudio(audio);
    List<LoopFrame> frames = new ArrayList<>(readIvf(video));
    frames.addAll(readOgg(audio));
    frames.sort(Comparator.comparingLong(LoopFrame::atNanos));
    write(target, frames);
    System.out.printf("%d frames, %d bytes%n", frames.size(), Files.size(target));
  }

  private static void encodeVideo(Path target) throws Exception {
    Process ffmpeg =
        new ProcessBuilder(
                ("ffmpeg -hide_banner -loglevel error -y"
                        + " -f rawvideo -pix_fmt bgr24 -s %dx%d -r %d -i -"
                        + " -c:v libvpx -b:v 600k -maxrate 900k -bufsize 900k -g %d -keyint_min %d"
                        + " -deadline good -cpu-used 1 -auto-alt-ref 0 -lag-in-frames 0"
                        + " -error-resilient 1 -pix_fmt yuv420p %s")
                    .formatted(
                        WIDTH,
                        HEIGHT,
                        FRAMES_PER_SECOND,
                        KEYFRAME_INTERVAL,
                        KEYFRAME_INTERVAL,
                        target)
                    .split(" "))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    try (OutputStream out = new BufferedOutputStream(ffmpeg.getOutputStream())) {
      for (int frame = 0; frame < SECONDS * FRAMES_PER_SECOND; frame++) {
        draw(image, frame);
        out.write(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
      }
    }
    expectSuccess(ffmpeg);
  }

  private static void draw(BufferedImage image, int frame) {
    double seconds = (double) frame / FRAMES_PER_SECOND;
    double turn = seconds / SECONDS;
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(new Color(0x14181f));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    int barWidth = WIDTH / BARS.length + 1;
    for (int i = 0; i < BARS.length; i++) {
      g.setColor(BARS[i]);
      g.fillRect(i * barWidth, 0, barWidth, 150);
    }
    for (int x = 0; x < WIDTH; x += 4) {
      int grey = 255 * ((x + (int) (turn * 4 * WIDTH)) % WIDTH) / WIDTH;
      g.setColor(new Color(grey, grey, grey));
      g.fillRect(x, 150, 4, 24);
    }
    drawClockHand(g, turn);
    drawBall(g, turn);
    g.setColor(Color.WHITE);
    g.setFont(new Font("DejaVu Sans", Font.BOLD, 34));
    g.drawString("Wishbone", 190, 240);
    g.setFont(new Font("DejaVu Sans", Font.PLAIN, 17));
    g.drawString("test picture, 640 x 360, VP8 + Opus", 190, 270);
    g.setFont(new Font("DejaVu Sans Mono", Font.BOLD, 30));
    g.drawString(String.format(Locale.ROOT, "%05.2f s", seconds), 190, 320);
    g.dispose();
  }

  private static void drawClockHand(Graphics2D g, double turn) {
    double x = 95;
    double y = 265;
    g.setStroke(new BasicStroke(4));
    g.setColor(new Color(0x6b7686));
    g.draw(new Ellipse2D.Double(x - 70, y - 70, 140, 140));
    double angle = 2 * Math.PI * turn * 5 - Math.PI / 2;
    g.setColor(new Color(0xffb454));
    g.setStroke(new BasicStroke(6, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(x, y, x + 60 * Math.cos(angle), y + 60 * Math.sin(angle)));
  }

  private static void drawBall(Graphics2D g, double turn) {
    double x = 560 + 50 * Math.sin(2 * Math.PI * turn * 2);
    double y = 320 - 90 * Math.abs(Math.sin(2 * Math.PI * turn * 5));
    g.setColor(new Color(0x59c2ff));
    g.fill(new Ellipse2D.Double(x - 22, y - 22, 44, 44));
  }

  /// A soft chord with a pulse a second; every frequency fits the loop a whole number of times.
  private static void encodeAudio(Path target) throws Exception {
    Process ffmpeg =
        new ProcessBuilder(
                ("ffmpeg -hide_banner -loglevel error -y -f s16le -ar %d -ac 2 -i -"
                        + " -c:a libopus -b:a 48k -vbr constrained -frame_duration 20 %s")
                    .formatted(SAMPLE_RATE, target)
                    .split(" "))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ByteBuffer samples =
        ByteBuffer.allocate(SAMPLE_RATE * SECONDS * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLE_RATE * SECONDS; i++) {
      double t = (double) i / SAMPLE_RATE;
      double pulse = 0.35 + 0.65 * Math.exp(-4 * (t % 1.0));
      double tone =
          Math.sin(2 * Math.PI * 220 * t)
              + 0.6 * Math.sin(2 * Math.PI * 277.2 * t)
              + 0.5 * Math.sin(2 * Math.PI * 329.6 * t);
      double pan = 0.5 + 0.3 * Math.sin(2 * Math.PI * t / SECONDS);
      samples.putShort((short) (tone * pulse * (1 - pan) * 6_000));
      samples.putShort((short) (tone * pulse * pan * 6_000));
    }
    try (OutputStream out = ffmpeg.getOutputStream()) {
      out.write(samples.array());
    }
    expectSuccess(ffmpeg);
  }

  private static void expectSuccess(Process process) throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ffmpeg ended with " + process.exitValue());
    }
  }

  /// IVF: a header of 32 bytes, then for each frame its length (4), a timestamp (8) and its data.
  private static List<LoopFrame> readIvf(Path file) throws IOException {
    ByteBuffer ivf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    ivf.position(32);
    List<LoopFrame> frames = new ArrayList<>();
    while (ivf.remaining() > 12) {
      byte[] data = new byte[ivf.getInt()];
      ivf.getLong();
      ivf.get(data);
      long at = frames.size() * 1_000_000_000L / FRAMES_PER_SECOND;
      boolean keyframe = (data[0] & 1) == 0;
      frames.add(new LoopFrame(MediaKind.VIDEO, at, keyframe, data));
    }
    return frames;
  }

  /// Ogg pages (RFC 3533): the segment table cuts a page into packets; the first two are headers.
  private static List<LoopFrame> readOgg(Path file) throws IOException {
    ByteBuffer ogg = ByteBuffer.wrap(Files.readAllBytes(file));
    List<byte[]> packets = new ArrayList<>();
    byte[] open = new byte[0];
    while (ogg.remaining() > 27) {
      int segments = ogg.get(ogg.position() + 26) & 0xff;
      byte[] table = new byte[segments];
      ogg.get(ogg.position() + 27, table);
      ogg.position(ogg.position() + 27 + segments);
      for (byte segment : table) {
        int length = segment & 0xff;
        byte[] grown = Arrays.copyOf(open, open.length + length);
        ogg.get(grown, open.length, length);
        open = grown;
        if (length < 255) {
          packets.add(open);
          open = new byte[0];
        }
      }
    }
    List<LoopFrame> frames = new ArrayList<>();
    int count = Math.min(packets.size() - 2, SECONDS * 50);
    for (int i = 0; i < count; i++) {
      frames.add(new LoopFrame(MediaKind.AUDIO, i * 20_000_000L, true, packets.get(i + 2)));
    }
    return frames;
  }

  private static void write(Path target, List<LoopFrame> frames) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
      out.writeInt(MediaLoop.MAGIC);
      out.writeLong(SECONDS * 1_000_000L);
      out.writeInt(frames.size());
      for (LoopFrame frame : frames) {
        out.writeByte(frame.kind() == MediaKind.AUDIO ? 0 : 1);
        out.writeByte(frame.keyframe() ? 1 : 0);
        out.writeInt((int) (frame.atNanos() / 1_000));
        out.writeInt(frame.data().length);
        out.write(frame.data());
      }
    }
  }
}
