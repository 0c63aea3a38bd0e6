package io.wishbone.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UfragTableTest {

  private final UfragTable<String> table = new UfragTable<>();

  @Test
  void findsTheSessionOfADatagram() {
    table.put("evtj", "session");

    assertThat(find(StunSamples.request())).isEqualTo("session");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evt", "evtj:", "evtj:h6vY", "h6vY", "evtjx", "EVTJ"})
  void findsNothingByAnythingButTheWholeLocalFragment(String other) {
    table.put(other, "session");

    assertThat(find(StunSamples.request())).isNull();
  }

  @Test
  void findsOnlyBindingRequests() {
    table.put("evtj", "session");
    for (int type : new int[] {0x0011, 0x0101, 0x0111, 0x0003}) {
      byte[] other = StunSamples.request();
      other[0] = (byte) (type >> 8);
      other[1] = (byte) type;
      assertThat(find(other)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00060004 6576746a", // no colon
        "00060005 6576746a", // overrun
        "8022ffff 00060005 6576746a3a000000",
        "00080014 0000000000000000000000000000000000000000 00060005 6576746a3a000000",
        "00060000",
        "00060001 3a000000",
        "",
      })
  void findsNothingInHostileDatagrams(String attributes) {
    table.put("evtj", "session");

    assertThat(find(StunSamples.requestWith(attributes))).isNull();
  }

  @Test
  void findsBehindOtherAttributes() {
    table.put("evtj", "session");

    assertThat(find(StunSamples.requestWith("80220003 61626300 00060005 6576746a3a000000")))
        .isEqualTo("session");
  }

  @Property(tries = 300)
  void behavesAsAMap(@ForAll("operations") List<Tuple2<Boolean, Integer>> operations) {
    Map<String, Integer> model = new HashMap<>();
    UfragTable<Integer> tested = new UfragTable<>();
    for (int i = 0; i < operations.size(); i++) {
      String key = "u" + operations.get(i).get2();
      if (operations.get(i).get1()) {
        model.put(key, i);
        tested.put(key, i);
      } else {
        assertThat(tested.remove(key)).isEqualTo(model.remove(key));
      }
    }
    assertThat(tested.size()).isEqualTo(model.size());
    for (int n = 0; n < 60; n++) {
      byte[] datagram = requestFor("u" + n);
      assertThat(tested.find(ByteBuffer.wrap(datagram), 0, datagram.length))
          .isEqualTo(model.get("u" + n));
    }
  }

  @Provide
  Arbitrary<List<Tuple2<Boolean, Integer>>> operations() {
    Arbitrary<Boolean> puts = Arbitraries.integers().between(0, 4).map(n -> n > 1);
    return puts.flatMap(put -> Arbitraries.integers().between(0, 59).map(n -> Tuple.of(put, n)))
        .list()
        .ofMaxSize(300);
  }

  @Test
  void allocatesNothingForAMiss() {
    for (int i = 0; i < 1000; i++) {
      table.put("key" + i, "session");
    }
    ByteBuffer stranger = ByteBuffer.wrap(StunSamples.request());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int found = countFound(stranger, 10_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    found += countFound(stranger, 10_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(found).isZero();
    // One object a lookup would be 160,000 bytes; asking for the number costs some.
    assertThat(allocated).isLessThan(10_000);
  }

  private int countFound(ByteBuffer datagram, int times) {
    int found = 0;
    for (int i = 0; i < times; i++) {
      if (table.find(datagram, 0, datagram.capacity()) != null) {
        found++;
      }
    }
    return found;
  }

  private String find(byte[] datagram) {
    return table.find(ByteBuffer.wrap(datagram), 0, datagram.length);
  }

  private static byte[] requestFor(String fragment) {
    ByteBuffer buffer = ByteBuffer.allocate(StunWriter.ROOM);
    int length =
        new StunWriter()
            .begin(buffer, 0, StunMessageType.BINDING_REQUEST, StunSamples.ID)
            .username((fragment + ":x").getBytes())
            .length();
    return Arrays.copyOf(buffer.array(), length);
  }
}
