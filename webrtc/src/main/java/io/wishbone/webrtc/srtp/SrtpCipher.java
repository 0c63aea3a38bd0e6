package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// The cryptography of one direction and one channel, with its keys: the seam behind which a native
/// back end can take the place of JCE.
///
/// A packet is a header that stays readable, a body that is encrypted, and a tag. Besides them a
/// `word` of 32 bits is authenticated: the rollover counter of an RTP packet (counter mode only, in
/// GCM it is part of the initialization vector), or the last word of an SRTCP packet. Whoever calls
/// has checked all lengths, owns the layout, and makes the initialization vectors.
///
/// Used on one thread. Implementations do not throw and keep nothing of their arguments.
public interface SrtpCipher {

  /// Encrypts the body in place and writes the tag.
  ///
  /// Sealing the same packet twice (same vector, same bytes) must work and give the same result:
  /// this is how a packet is sent again.
  ///
  /// @param offset where the header begins
  /// @param headerLength bytes from there that stay readable
  /// @param length bytes of header and body
  /// @param iv as made by [InitializationVector]; 12 bytes for GCM, 16 for counter mode
  /// @param tagOffset where the tag is written; in GCM always directly behind the body
  /// @return whether it worked; if not, nothing of the buffer may be sent
  boolean seal(
      ByteBuffer buffer,
      int offset,
      int headerLength,
      int length,
      byte[] iv,
      int word,
      int tagOffset);

  /// Checks the tag, in constant time, and decrypts the body in place.
  ///
  /// @return whether the tag matches; if not, the buffer is as it was
  boolean open(
      ByteBuffer buffer,
      int offset,
      int headerLength,
      int length,
      byte[] iv,
      int word,
      int tagOffset);

  /// Checks the tag of a packet whose body is not encrypted (an SRTCP packet without E flag).
  ///
  /// @return whether the tag matches; the buffer is never changed
  boolean verify(ByteBuffer buffer, int offset, int length, byte[] iv, int word, int tagOffset);

  /// Reads the keys, so that they come into the processor's caches together with what others need.
  ///
  /// @return something made of what was read, which only keeps the reading from being left out
  default int prefetch() {
    return 0;
  }

  /// Wipes the keys, as far as the back end can. Nothing is sealed or opened afterwards.
  default void close() {}
}
