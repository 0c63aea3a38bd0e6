package io.wishbone.webrtc.stun;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import java.nio.ByteBuffer;

/// Any datagram, in a buffer that is larger than the datagram on both sides.
class StunReaderFuzzTest {

  private static final StunKey KEY = StunKey.shortTerm(StunSamples.PASSWORD);
  private static final StunReader READER = new StunReader();
  private static final UfragTable<String> TABLE = new UfragTable<>();

  static {
    TABLE.put("evtj", "found");
  }

  @FuzzTest
  void survivesAnyDatagram(byte[] datagram) {
    TimeBound.hold(() -> read(datagram));
  }

  private void read(byte[] datagram) {
    int offset = 3;
    ByteBuffer exact = ByteBuffer.allocate(offset + datagram.length).put(offset, datagram);
    TABLE.find(exact, offset, datagram.length);
    if (!READER.wrap(exact, offset, datagram.length)) {
      return;
    }
    READER.type();
    READER.transactionId();
    READER.username();
    READER.isAddressedTo(new byte[] {'e', 'v', 't', 'j'});
    READER.priority();
    READER.tieBreaker();
    READER.errorCode();
    READER.mappedAddress();
    READER.fingerprintMatches();
    READER.verifies(KEY);
    if (READER.unknownAttributes().size() > 8) {
      throw new AssertionError("unbounded");
    }
  }
}
