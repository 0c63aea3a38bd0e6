package io.wishbone.webrtc.srtp.backend;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The functions of intel-ipsec-mb (libIPSec_MB.so.1) for this machine. Where the library is not,
/// this class cannot be initialized.
///
/// The library has each function several times, for one generation of processors each, and chooses
/// among them when its manager is made. The manager is a table whose layout differs from release to
/// release: we look which of the functions stand in it.
final class IpsecMb {
  /// Bytes of expanded key and powers of the hash key: 1,008 in 1.3.
  static final int KEY_BYTES = 2048;

  /// Bytes of it that are read for every packet of usual size.
  static final int USED_KEY_BYTES = 1008;

  /// Bytes that a call keeps its state in: 88 in 1.3.
  static final int CONTEXT_BYTES = 512;

  private static final List<String> GENERATIONS =
      List.of("vaes_avx512", "avx512", "avx_gen4", "avx_gen2", "sse", "sse_no_aesni");

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY =
      SymbolLookup.libraryLookup("libIPSec_MB.so.1", Arena.global());
  private static final Set<Long> TABLE = table();

  private static final MethodHandle PREPARE_128 = prepare("aes_gcm_pre_128_");
  private static final MethodHandle PREPARE_256 = prepare("aes_gcm_pre_256_");
  private static final MethodHandle SEAL_128 = crypt("aes_gcm_enc_128_");
  private static final MethodHandle SEAL_256 = crypt("aes_gcm_enc_256_");
  private static final MethodHandle OPEN_128 = crypt("aes_gcm_dec_128_");
  private static final MethodHandle OPEN_256 = crypt("aes_gcm_dec_256_");

  private IpsecMb() {}

  /// All addresses in the table that the library has filled in for this machine.
  private static Set<Long> table() {
    try {
      MethodHandle size = call("imb_get_mb_mgr_size", FunctionDescriptor.of(JAVA_LONG));
      MethodHandle make = call("alloc_mb_mgr", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
      MethodHandle fill = call("init_mb_mgr_auto", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
      MethodHandle error = call("imb_get_errno", FunctionDescriptor.of(JAVA_INT, ADDRESS));
      long bytes = (long) size.invokeExact();
      MemorySegment manager = (MemorySegment) make.invokeExact(0L);
      if (manager.address() == 0) {
        throw new IllegalStateException("intel-ipsec-mb made no manager");
      }
      fill.invokeExact(manager, MemorySegment.NULL);
      int fault = (int) error.invokeExact(manager);
      if (fault != 0) {
        throw new IllegalStateException("intel-ipsec-mb does not run here: error " + fault);
      }
      Set<Long> addresses = new HashSet<>();
      MemorySegment words = manager.reinterpret(bytes);
      for (long at = 0; at + Long.BYTES <= bytes; at += Long.BYTES) {
        addresses.add(words.get(JAVA_LONG, at));
      }
      call("free_mb_mgr", FunctionDescriptor.ofVoid(ADDRESS)).invokeExact(manager);
      return addresses;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle call(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LIBRARY.findOrThrow(name), type);
  }

  private static MethodHandle prepare(String prefix) {
    return LINKER.downcallHandle(chosen(prefix), FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
  }

  /// key, context, to, from, length, vector, associated data, its length, tag, its length
  private static MethodHandle crypt(String prefix) {
    return LINKER.downcallHandle(
        chosen(prefix),
        FunctionDescriptor.ofVoid(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG),
        Linker.Option.critical(false));
  }

  private static MemorySegment chosen(String prefix) {
    for (String generation : GENERATIONS) {
      MemorySegment function = LIBRARY.find(prefix + generation).orElse(MemorySegment.NULL);
      if (function.address() != 0 && TABLE.contains(function.address())) {
        return function;
      }
    }
    throw new IllegalStateException("intel-ipsec-mb has chosen no " + prefix + " that we know");
  }

  static void prepare(boolean is128, long key, long prepared) {
    try {
      if (is128) {
        PREPARE_128.invokeExact(key, prepared);
      } else {
        PREPARE_256.invokeExact(key, prepared);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Encrypts in place and writes 16 bytes of tag.
  static void seal(
      boolean is128,
      long key,
      long context,
      long body,
      long length,
      long vector,
      long associated,
      long associatedLength,
      long tag) {
    try {
      if (is128) {
        SEAL_128.invokeExact(
            key, context, body, body, length, vector, associated, associatedLength, tag, 16L);
      } else {
        SEAL_256.invokeExact(
            key, context, body, body, length, vector, associated, associatedLength, tag, 16L);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Decrypts in place and writes the tag that the packet should have.
  static void open(
      boolean is128,
      long key,
      long context,
      long body,
      long length,
      long vector,
      long associated,
      long associatedLength,
      long tag) {
    try {
      if (is128) {
        OPEN_128.invokeExact(
            key, context, body, body, length, vector, associated, associatedLength, tag, 16L);
      } else {
        OPEN_256.invokeExact(
            key, context, body, body, length, vector, associated, associatedLength, tag, 16L);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
