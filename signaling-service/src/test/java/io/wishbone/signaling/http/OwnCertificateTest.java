package io.wishbone.signaling.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
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
}
