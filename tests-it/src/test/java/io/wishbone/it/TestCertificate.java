package io.wishbone.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A certificate for this machine that nobody has signed but itself, made by the Java tools.
public final class TestCertificate {

  static final String PASSWORD = "changeit";

  private static final String ALIAS = "server";
  private static final long MAKING_SECONDS = 60;

  private final Path store;

  private TestCertificate(Path store) {
    this.store = store;
  }

  /// @param name of its subject, to tell it from others
  public static TestCertificate make(Path directory, String name)
      throws IOException, InterruptedException {
    return make(directory, name, name);
  }

  /// @param file the name of the file that keeps it, without its end
  /// @param name of its subject
  static TestCertificate make(Path directory, String file, String name)
      throws IOException, InterruptedException {
    Path store = directory.resolve(file + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(MAKING_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IllegalStateException("keytool made no certificate");
    }
    return new TestCertificate(store);
  }

  /// Puts certificate and key where they are to be found, as PKCS #12, at once.
  void writeStore(Path target) throws IOException {
    Path beside = target.resolveSibling(target.getFileName() + ".new");
    Files.copy(store, beside);
    replace(beside, target);
  }

  /// Puts certificate and key where they are to be found, as PEM, each at once.
  public void write(Path certificate, Path key) throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    replace(key, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    replace(certificate, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
  }

  private static void replace(Path file, String kind, byte[] content) throws IOException {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        beside,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, encoder.encodeToString(content), kind));
    replace(beside, file);
  }

  private static void replace(Path next, Path file) throws IOException {
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Takes every certificate.
  public static SSLContext trustAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class TrustAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
