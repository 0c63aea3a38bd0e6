package io.wishbone.webrtc.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A view over a received STUN message. One reader is used again and again; what it says is valid
/// as long as the bytes that were [#wrap]ped stay as they are.
///
/// [#wrap] checks the structure only. Whoever acts on the message asks [#fingerprintMatches] and
/// [#verifies] first. Of an attribute that is repeated the first one counts; attributes behind
/// MESSAGE-INTEGRITY are not authentic and are not read, FINGERPRINT excepted.
public final class StunReader {

  private static final int MAX_USERNAME_LENGTH = 513;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final StunFingerprint fingerprint = new StunFingerprint();
  private final UnknownAttributes unknown = new UnknownAttributes();

  private ByteBuffer buffer = NOTHING;
  private int offset;
  private StunMessageType type = StunMessageType.OTHER;

  // Absolute offsets of values, -1 for absent.
  private int username;
  private int usernameLength;
  private int integrity;
  private int fingerprintValue;
  private int priority;
  private int useCandidate;
  private int controlling;
  private int controlled;
  private int errorCode;
  private int mappedAddress;
  private int mappedAddressLength;

  /// Whether these bytes begin like a STUN message: what a demultiplexer asks (RFC 7983).
  public static boolean looksLikeStun(ByteBuffer buffer, int offset, int length) {
    return length >= StunFormat.HEADER_LENGTH
        && (buffer.get(offset) & 0xFF) < 4
        && buffer.getInt(offset + 4) == StunFormat.MAGIC_COOKIE;
  }

  /// Looks at another message; false when it is malformed, and then nothing else may be asked.
  public boolean wrap(ByteBuffer buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    forget();
    if (!looksLikeStun(buffer, offset, length)
        || length > StunFormat.MAX_LENGTH
        || (length & 3) != 0
        || (buffer.getShort(offset + 2) & 0xFFFF) != length - StunFormat.HEADER_LENGTH) {
      return false;
    }
    type = StunMessageType.of(buffer.getShort(offset) & 0x3FFF);
    int position = offset + StunFormat.HEADER_LENGTH;
    int end = offset + length;
    while (position < end) {
      int attribute = buffer.getShort(position) & 0xFFFF;
      int valueLength = buffer.getShort(position + 2) & 0xFFFF;
      int value = position + StunFormat.ATTRIBUTE_HEADER_LENGTH;
      if (StunFormat.padded(valueLength) > end - value || fingerprintValue >= 0) {
        return false;
      }
      boolean readable = integrity < 0 || attribute == StunFormat.FINGERPRINT;
      if (readable && !note(attribute, value, valueLength)) {
        return false;
      }
      position = value + StunFormat.padded(valueLength);
    }
    return true;
  }

  public StunMessageType type() {
    return type;
  }

  public TransactionId transactionId() {
    return new TransactionId(buffer.getInt(offset + 8), buffer.getLong(offset + 12));
  }

  /// True when there is no FINGERPRINT, or a right one.
  public boolean fingerprintMatches() {
    if (fingerprintValue < 0) {
      return true;
    }
    int covered = fingerprintValue - StunFormat.ATTRIBUTE_HEADER_LENGTH - offset;
    return fingerprint.of(buffer, offset, covered) == buffer.getInt(fingerprintValue);
  }

  /// True when MESSAGE-INTEGRITY is there and was made with this key.
  public boolean verifies(StunKey key) {
    return integrity >= 0 && key.verifies(buffer, offset, integrity);
  }

  /// Whether USERNAME is `usernameFragment` and a colon, and anything behind that.
  public boolean isAddressedTo(byte[] usernameFragment) {
    int length = usernameFragment.length;
    return usernameLength > length
        && buffer.get(username + length) == ':'
        && usernameStartsWith(usernameFragment);
  }

  public @Nullable String username() {
    if (username < 0) {
      return null;
    }
    byte[] bytes = new byte[usernameLength];
    buffer.get(username, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// -1 when absent: FFmpeg 8 sends none.
  public long priority() {
    return priority < 0 ? -1 : buffer.getInt(priority) & 0xFFFFFFFFL;
  }

  public boolean hasUseCandidate() {
    return useCandidate >= 0;
  }

  public boolean isFromControlling() {
    return controlling >= 0;
  }

  public boolean isFromControlled() {
    return controlled >= 0;
  }

  /// The unsigned number of ICE-CONTROLLING, else of ICE-CONTROLLED; 0 when both are absent.
  public long tieBreaker() {
    if (controlling >= 0) {
      return buffer.getLong(controlling);
    }
    return controlled >= 0 ? buffer.getLong(controlled) : 0;
  }

  /// 300 to 699; -1 when absent.
  public int errorCode() {
    if (errorCode < 0) {
      return -1;
    }
    return (buffer.get(errorCode + 2) & 7) * 100 + (buffer.get(errorCode + 3) & 0xFF);
  }

  /// XOR-MAPPED-ADDRESS; null when it is absent or of an unknown family.
  public @Nullable InetSocketAddress mappedAddress() {
    return mappedAddress < 0
        ? null
        : XorAddress.read(buffer, offset, mappedAddress, mappedAddressLength);
  }

  /// Attributes that had to be understood and were not.
  public UnknownAttributes unknownAttributes() {
    return unknown;
  }

  /// Remembers where an attribute is; false when its length is impossible.
  private boolean note(int attribute, int value, int length) {
    switch (attribute) {
      case StunFormat.USERNAME -> {
        if (length > MAX_USERNAME_LENGTH) {
          return false;
        }
        if (username < 0) {
          username = value;
          usernameLength = length;
        }
      }
      case StunFormat.MESSAGE_INTEGRITY -> {
        integrity = value;
        return length == StunFormat.INTEGRITY_LENGTH;
      }
      case StunFormat.FINGERPRINT -> {
        fingerprintValue = value;
        return length == StunFormat.FINGERPRINT_LENGTH;
      }
      case StunFormat.PRIORITY -> {
        priority = first(priority, value);
        return length == 4;
      }
      case StunFormat.USE_CANDIDATE -> {
        useCandidate = first(useCandidate, value);
        return length == 0;
      }
      case StunFormat.ICE_CONTROLLING -> {
        controlling = first(controlling, value);
        return length == 8;
      }
      case StunFormat.ICE_CONTROLLED -> {
        controlled = first(controlled, value);
        return length == 8;
      }
      case StunFormat.ERROR_CODE -> {
        errorCode = first(errorCode, value);
        return length >= 4;
      }
      case StunFormat.XOR_MAPPED_ADDRESS -> {
        if (mappedAddress < 0) {
          mappedAddress = value;
          mappedAddressLength = length;
        }
      }
      case StunFormat.MAPPED_ADDRESS,
          StunFormat.UNKNOWN_ATTRIBUTES,
          StunFormat.REALM,
          StunFormat.NONCE,
          StunFormat.MESSAGE_INTEGRITY_SHA256 -> {
        // Known, and of no use here.
      }
      default -> {
        if (attribute < StunFormat.COMPREHENSION_OPTIONAL) {
          unknown.add(attribute);
        }
      }
    }
    return true;
  }

  private static int first(int known, int value) {
    return known < 0 ? value : known;
  }

  private boolean usernameStartsWith(byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (buffer.get(username + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private void forget() {
    type = StunMessageType.OTHER;
    username = -1;
    usernameLength = 0;
    integrity = -1;
    fingerprintValue = -1;
    priority = -1;
    useCandidate = -1;
    controlling = -1;
    controlled = -1;
    errorCode = -1;
    mappedAddress = -1;
    mappedAddressLength = 0;
    unknown.clear();
  }
}
