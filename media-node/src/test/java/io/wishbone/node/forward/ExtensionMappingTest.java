package io.wishbone.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ExtensionMappingTest {

  private static RtpPacket copied(byte[] data, int viewerId, boolean twoByteAllowed) {
    ByteBuffer buffer = ByteBuffer.allocate(200);
    var header = new RtpHeaderWriter();
    header.start(false, 96, 1, 1, 1).extension(4, data);
    var source = new SourcePacket();
    assertThat(source.wrap(buffer, 0, header.write(buffer, 0), 1, 0)).isTrue();
    ByteBuffer target = ByteBuffer.allocate(200);
    header.start(false, 96, 1, 1, 1);
    new ExtensionMapping(new int[] {4}, new int[] {viewerId})
        .copy(source, header, twoByteAllowed, LayerTarget.WHOLE, 0);
    var copy = new RtpPacket();
    assertThat(copy.wrap(target, 0, header.write(target, 0))).isTrue();
    return copy;
  }

  @Test
  void leavesOutWhatNeedsTheTwoByteFormWhenTheViewerDoesNotTakeIt() {
    assertThat(copied(new byte[16], 14, false).extensionLength(14)).isEqualTo(16);
    assertThat(copied(new byte[17], 14, false).extensionOffset(14)).isNegative();
    assertThat(copied(new byte[17], 14, true).extensionLength(14)).isEqualTo(17);
    assertThat(copied(new byte[3], 20, false).extensionOffset(20)).isNegative();
    assertThat(copied(new byte[3], 20, true).extensionLength(20)).isEqualTo(3);
  }

  @Test
  void leavesOutWhatAHeaderHasNoRoomFor() {
    ByteBuffer buffer = ByteBuffer.allocate(1500);
    ByteBuffer twice = ByteBuffer.allocate(3000);
    var header = new RtpHeaderWriter().start(false, 96, 1, 1, 1);
    for (int id = 1; id <= 4; id++) {
      header.extension(id, new byte[255]);
    }
    var source = new SourcePacket();
    assertThat(source.wrap(buffer, 0, header.write(buffer, 0), 1, 0)).isTrue();

    header.start(false, 96, 1, 1, 1).extension(9, new byte[255]);
    new ExtensionMapping(new int[] {1, 2, 3, 4}, new int[] {1, 2, 3, 4})
        .copy(source, header, true, LayerTarget.WHOLE, 0);

    var copy = new RtpPacket();
    assertThat(copy.wrap(twice, 0, header.write(twice, 0))).isTrue();
    assertThat(copy.extensionLength(3)).isEqualTo(255);
    assertThat(copy.extensionOffset(4)).isNegative();
  }
}
