package io.wishbone.webrtc.srtp.backend;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// What is used of OpenSSL's libcrypto, version 3. Where the library is not, this class cannot be
/// initialized. All calls return whether they worked, and take addresses.
final class OpenSsl {
  /// EVP_CTRL_AEAD_GET_TAG
  private static final int GET_TAG = 0x10;

  /// EVP_CTRL_AEAD_SET_TAG
  private static final int SET_TAG = 0x11;

  static final NativePool CIPHERS = new NativePool();
  static final NativePool MACS = new NativePool();

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY =
      SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());

  private static final MethodHandle FETCH_CIPHER =
      slow("EVP_CIPHER_fetch", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle FETCH_MAC =
      slow("EVP_MAC_fetch", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle NEW_CIPHER = slow("EVP_CIPHER_CTX_new", ADDRESS);
  private static final MethodHandle NEW_MAC = slow("EVP_MAC_CTX_new", ADDRESS, ADDRESS);
  private static final MethodHandle FREE_CIPHER = slow("EVP_CIPHER_CTX_free", null, ADDRESS);
  private static final MethodHandle FREE_MAC = slow("EVP_MAC_CTX_free", null, ADDRESS);
  private static final MethodHandle RESET_CIPHER = slow("EVP_CIPHER_CTX_reset", JAVA_INT, ADDRESS);
  private static final MethodHandle SET_KEY =
      slow("EVP_CipherInit_ex", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle SET_MAC_KEY =
      slow("EVP_MAC_init", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle CONSTRUCT_TEXT =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("OSSL_PARAM_construct_utf8_string"),
          FunctionDescriptor.of(
              MemoryLayout.structLayout(ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
              ADDRESS,
              ADDRESS,
              JAVA_LONG));

  private static final MethodHandle START =
      quick("EVP_CipherInit_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle UPDATE =
      quick("EVP_CipherUpdate", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle FINISH =
      quick("EVP_CipherFinal_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle CONTROL =
      quick("EVP_CIPHER_CTX_ctrl", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle START_MAC =
      quick("EVP_MAC_init", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle UPDATE_MAC =
      quick("EVP_MAC_update", JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle FINISH_MAC =
      quick("EVP_MAC_final", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final MemorySegment GCM_128 = fetch(FETCH_CIPHER, "AES-128-GCM");
  private static final MemorySegment GCM_256 = fetch(FETCH_CIPHER, "AES-256-GCM");
  private static final MemorySegment COUNTER_128 = fetch(FETCH_CIPHER, "AES-128-CTR");
  private static final MemorySegment HMAC = fetch(FETCH_MAC, "HMAC");

  private OpenSsl() {}

  private static MethodHandle slow(
      String name, @Nullable MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LIBRARY.findOrThrow(name),
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle quick(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LIBRARY.findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.critical(false));
  }

  private static MemorySegment fetch(MethodHandle how, String name) {
    try (Arena arena = Arena.ofConfined()) {
      var found =
          (MemorySegment)
              how.invokeExact(MemorySegment.NULL, arena.allocateFrom(name), MemorySegment.NULL);
      return made(found, name);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenSSL has no " + name, e);
    }
  }

  private static MemorySegment made(MemorySegment something, String what) {
    if (something.address() == 0) {
      throw new IllegalStateException("OpenSSL made no " + what);
    }
    return something;
  }

  /// A context with its key, until it is [wiped][#wipe].
  static MemorySegment gcm(MemorySegment key) {
    return cipher(key.byteSize() == 16 ? GCM_128 : GCM_256, key);
  }

  /// A context with its key, until it is [wiped][#wipe].
  static MemorySegment counterMode(MemorySegment key) {
    return cipher(COUNTER_128, key);
  }

  private static MemorySegment newCipher() {
    try {
      var context = made((MemorySegment) NEW_CIPHER.invokeExact(), "context");
      return context.reinterpret(Arena.ofAuto(), gone -> free(FREE_CIPHER, gone));
    } catch (Throwable e) {
      throw new IllegalStateException("no cipher of OpenSSL", e);
    }
  }

  private static MemorySegment newMac() {
    try {
      var context = made((MemorySegment) NEW_MAC.invokeExact(HMAC), "context");
      return context.reinterpret(Arena.ofAuto(), gone -> free(FREE_MAC, gone));
    } catch (Throwable e) {
      throw new IllegalStateException("no HMAC of OpenSSL", e);
    }
  }

  private static MemorySegment cipher(MemorySegment type, MemorySegment key) {
    try {
      MemorySegment owned = CIPHERS.take(OpenSsl::newCipher);
      int worked =
          (int) SET_KEY.invokeExact(owned, type, MemorySegment.NULL, key, MemorySegment.NULL, 1);
      if (worked != 1) {
        throw new IllegalStateException("OpenSSL does not take the key");
      }
      return owned;
    } catch (Throwable e) {
      throw new IllegalStateException("no cipher of OpenSSL", e);
    }
  }

  /// HMAC-SHA1 with its key, until it is [wiped][#wipeMac].
  static MemorySegment hmac(MemorySegment key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment owned = MACS.take(OpenSsl::newMac);
      MemorySegment parameters = arena.allocate(80, 8);
      var digest =
          (MemorySegment)
              CONSTRUCT_TEXT.invokeExact(
                  (SegmentAllocator) arena,
                  arena.allocateFrom("digest"),
                  arena.allocateFrom("SHA1"),
                  0L);
      parameters.copyFrom(digest);
      int worked = (int) SET_MAC_KEY.invokeExact(owned, key, key.byteSize(), parameters);
      if (worked != 1) {
        throw new IllegalStateException("OpenSSL does not take the key");
      }
      return owned;
    } catch (Throwable e) {
      throw new IllegalStateException("no HMAC of OpenSSL", e);
    }
  }

  private static void free(MethodHandle how, MemorySegment context) {
    try {
      how.invokeExact(context);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Wipes the key; the context is somebody else's from now on.
  static void wipe(MemorySegment context) {
    try {
      int worked = (int) RESET_CIPHER.invokeExact(context);
      if (worked == 1) {
        CIPHERS.give(context);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Wipes the key by another one; the context is somebody else's from now on.
  static void wipeMac(MemorySegment context) {
    try (Arena arena = Arena.ofConfined()) {
      int worked =
          (int) SET_MAC_KEY.invokeExact(context, arena.allocate(20), 20L, MemorySegment.NULL);
      if (worked == 1) {
        MACS.give(context);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Begins a packet.
  static boolean start(long context, long vector, boolean seals) {
    try {
      int result = (int) START.invokeExact(context, 0L, 0L, 0L, vector, seals ? 1 : 0);
      return result == 1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param to 0 for data that are only authenticated
  static boolean update(long context, long to, long written, long from, int length) {
    try {
      int result = (int) UPDATE.invokeExact(context, to, written, from, length);
      return result == 1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// False also when the tag that was expected does not match.
  static boolean finish(long context, long to, long written) {
    try {
      int result = (int) FINISH.invokeExact(context, to, written);
      return result == 1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean getTag(long context, long to) {
    return control(context, GET_TAG, to);
  }

  static boolean expectTag(long context, long tag) {
    return control(context, SET_TAG, tag);
  }

  private static boolean control(long context, int what, long tag) {
    try {
      int result = (int) CONTROL.invokeExact(context, what, PacketMemory.TAG_LENGTH, tag);
      return result == 1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// The HMAC of a packet and the word behind it.
  static boolean authenticate(
      long context, long packet, long length, long word, long tag, long written, long room) {
    try {
      int started = (int) START_MAC.invokeExact(context, 0L, 0L, 0L);
      int taken = (int) UPDATE_MAC.invokeExact(context, packet, length);
      int more = (int) UPDATE_MAC.invokeExact(context, word, 4L);
      int done = (int) FINISH_MAC.invokeExact(context, tag, written, room);
      return started == 1 && taken == 1 && more == 1 && done == 1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
