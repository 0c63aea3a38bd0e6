package io.wishbone.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What one HTTP/2 connection may do, looked at frame by frame (RFC 9113).
@QuarkusTest
class Http2LimitsTest {

  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;

  private static final int END_STREAM_AND_HEADERS = 0x5;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int MAX_HEADER_LIST_SIZE = 6;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;

  /// `GET http://a/x` in HPACK, mostly from its static table.
  private static final byte[] REQUEST = {(byte) 0x82, (byte) 0x86, 0x44, 2, '/', 'x', 0x41, 1, 'a'};

  @TestHTTPResource URI base;

  private record Frame(int type, byte[] payload) {}

  @Test
  void saysHowMuchAConnectionMayHaveOpen() throws IOException {
    try (Socket socket = connect()) {
      Map<Integer, Integer> settings = settings(new DataInputStream(socket.getInputStream()));
      assertThat(settings)
          .containsEntry(MAX_CONCURRENT_STREAMS, 100)
          .containsEntry(MAX_HEADER_LIST_SIZE, 16_384);
    }
  }

  @Test
  @DisplayName("CVE-2023-44487: a client that opens and resets without end is disconnected")
  void disconnectsAClientThatOnlyResets() throws IOException {
    try (Socket socket = connect()) {
      var out = new DataOutputStream(socket.getOutputStream());
      int sent = 0;
      try {
        for (; sent < 2000; sent++) {
          write(out, HEADERS, END_STREAM_AND_HEADERS, 2 * sent + 1, REQUEST);
          byte[] code = ByteBuffer.allocate(4).putInt(CANCEL).array();
          write(out, RST_STREAM, 0, 2 * sent + 1, code);
        }
        out.flush();
      } catch (SocketException _) {
        // The server has closed already.
      }
      assertThat(lastError(new DataInputStream(socket.getInputStream())))
          .isIn(ENHANCE_YOUR_CALM, -1);
    }
  }

  /// Of the farewell, or -1 when the connection ends without one.
  private static int lastError(DataInputStream in) throws IOException {
    int error = -1;
    try {
      while (true) {
        Frame frame = read(in);
        if (frame.type() == GOAWAY) {
          error = ByteBuffer.wrap(frame.payload()).getInt(4);
        }
      }
    } catch (EOFException | SocketException _) {
      return error;
    }
  }

  private static Map<Integer, Integer> settings(DataInputStream in) throws IOException {
    Frame frame = read(in);
    assertThat(frame.type()).isEqualTo(SETTINGS);
    var settings = new HashMap<Integer, Integer>();
    for (var entries = ByteBuffer.wrap(frame.payload()); entries.hasRemaining(); ) {
      settings.put((int) entries.getShort(), entries.getInt());
    }
    return settings;
  }

  private static Frame read(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    in.readUnsignedByte();
    in.readInt();
    return new Frame(type, in.readNBytes(length));
  }

  private static void write(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  /// Speaks HTTP/2 from the first byte on.
  private Socket connect() throws IOException {
    var socket = new Socket(base.getHost(), base.getPort());
    socket.setSoTimeout(20_000);
    var out = new DataOutputStream(socket.getOutputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    write(out, SETTINGS, 0, 0, new byte[0]);
    return socket;
  }
}
