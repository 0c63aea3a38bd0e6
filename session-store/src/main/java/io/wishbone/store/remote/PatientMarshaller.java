package io.wishbone.store.remote;

import java.io.IOException;
import java.io.InputStream;
import org.infinispan.commons.marshall.ProtoStreamMarshaller;

/// Reads and writes records, and brings an [UnreadableEntry] in the place of what it cannot read.
/// It is called on the thread that reads from the server: if it threw there, one bad entry would
/// look like a server that is away, to everybody who shares the connection.
final class PatientMarshaller extends ProtoStreamMarshaller {

  /// All of the value is read, so that what comes behind it is found where it is.
  @Override
  public Object objectFromInputStream(InputStream stream) throws IOException {
    byte[] bytes = stream.readAllBytes();
    return objectFromByteBuffer(bytes, 0, bytes.length);
  }

  @Override
  public Object objectFromByteBuffer(byte[] bytes, int offset, int length) {
    try {
      return super.objectFromByteBuffer(bytes, offset, length);
    } catch (IOException | ClassNotFoundException | RuntimeException failure) {
      return new UnreadableEntry(failure.toString());
    }
  }
}
