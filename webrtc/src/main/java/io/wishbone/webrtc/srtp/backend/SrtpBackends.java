package io.wishbone.webrtc.srtp.backend;

import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpCipherProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The back ends that this machine has, the quickest one first.
public final class SrtpBackends {
  /// Takes the quickest one.
  public static final String AUTO = "auto";

  private final List<Backend> usable;
  private final List<String> reasons;

  private SrtpBackends(List<Backend> usable, List<String> reasons) {
    this.usable = List.copyOf(usable);
    this.reasons = List.copyOf(reasons);
  }

  private record Backend(String name, Supplier<SrtpCipherProvider> maker) {}

  /// Looks for libraries and tests those that are there.
  public static SrtpBackends find() {
    List<Backend> usable = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    var openSsl = new Backend("openssl", OpenSslCipherProvider::new);
    boolean hasOpenSsl = isUsable(openSsl, reasons);
    Supplier<SrtpCipherProvider> others =
        hasOpenSsl ? OpenSslCipherProvider::new : JceCipherProvider::new;
    var ipsecMb = new Backend("ipsec-mb", () -> new IpsecMbCipherProvider(others.get()));
    if (isUsable(ipsecMb, reasons)) {
      usable.add(ipsecMb);
    }
    if (hasOpenSsl) {
      usable.add(openSsl);
    }
    usable.add(new Backend("jce", JceCipherProvider::new));
    return new SrtpBackends(usable, reasons);
  }

  /// A library that is not there shows when its class is initialized.
  private static boolean isUsable(Backend backend, List<String> reasons) {
    try {
      String fault = SelfTest.fault(backend.maker().get());
      if (fault == null) {
        return true;
      }
      reasons.add(backend.name() + ": " + fault);
    } catch (RuntimeException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      reasons.add(backend.name() + ": " + cause.getMessage());
    }
    return false;
  }

  /// The names of those that can be used, the quickest one first.
  public List<String> names() {
    return usable.stream().map(Backend::name).toList();
  }

  /// Why each of the others cannot be used.
  public List<String> reasons() {
    return reasons;
  }

  /// A provider for the calling thread.
  ///
  /// @param name of a back end, or [#AUTO]
  /// @throws IllegalArgumentException when it cannot be used here; the message says why
  public SrtpCipherProvider provider(String name) {
    for (Backend backend : usable) {
      if (name.equals(AUTO) || name.equals(backend.name())) {
        return backend.maker().get();
      }
    }
    throw new IllegalArgumentException(
        "SRTP back end " + name + " cannot be used here; there are " + names() + "; " + reasons);
  }
}
