package io.wishbone.signaling.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OwnCertificateTest {

  private static final Vertx VERTX = Vertx.vertx();

  private final SelfSignedCertificate mine = SelfSignedCertificate.create("localhost");
  private final SelfSignedCertificate other = SelfSignedCertificate.create("localhost");

  @AfterAll
  static void close() {
    VERTX.close();
  }

  private static X509Certificate[] chain(SelfSignedCertificate certificate)
      throws IOException, CertificateException {
    try (var in = Files.newInputStream(Path.of(certificate.certificatePath()))) {
      var read = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new X509Certificate[] {(X509Certificate) read};
    }
  }

  @Test
  void believesTheServersOwnAndNoOther() throws IOException, GeneralSecurityException {
    var options = new HttpServerOptions().setKeyCertOptions(mine.keyCertOptions());
    OwnCertificate own = OwnCertificate.of(options, VERTX);
    X509Certificate[] shown = chain(mine);
    assertThatCode(() -> own.checkServerTrusted(shown, "RSA")).doesNotThrowAnyException();
    X509Certificate[] foreign = chain(other);
    assertThatThrownBy(() -> own.checkServerTrusted(foreign, "RSA"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> own.checkServerTrusted(new X509Certificate[0], "RSA"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> own.checkClientTrusted(shown, "RSA"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void believesNobodyWhereThereIsNone() throws IOException, CertificateException {
    assertThatThrownBy(() -> OwnCertificate.of(new HttpServerOptions(), VERTX))
        .isInstanceOf(GeneralSecurityException.class);
    X509Certificate[] shown = chain(mine);
    assertThatThrownBy(() -> new OwnCertificate(Set.of()).checkServerTrusted(shown, "RSA"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void passesOverNamesWithoutACertificate() throws IOException, GeneralSecurityException {
    X509Certificate[] shown = chain(mine);
    var keys = KeyCertOptions.wrap(new SomeNamesAreGone(shown));
    OwnCertificate own = OwnCertificate.of(new HttpServerOptions().setKeyCertOptions(keys), VERTX);
    assertThatCode(() -> own.checkServerTrusted(shown, "RSA")).doesNotThrowAnyException();
    X509Certificate[] foreign = chain(other);
    assertThatThrownBy(() -> own.checkServerTrusted(foreign, "RSA"))
        .isInstanceOf(CertificateException.class);
  }

  /// A key manager that knows three names, and a chain for the last one.
  private static final class SomeNamesAreGone extends X509ExtendedKeyManager {

    private final X509Certificate[] chain;

    SomeNamesAreGone(X509Certificate[] chain) {
      this.chain = chain;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {"gone", "empty", "mine"};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return switch (alias) {
        case "mine" -> chain;
        case "empty" -> new X509Certificate[0];
        default -> null;
      };
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
