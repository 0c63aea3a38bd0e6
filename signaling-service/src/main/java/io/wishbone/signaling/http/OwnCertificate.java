package io.wishbone.signaling.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/// Believes that a server is this one when it shows the certificate that this one has, and nobody
/// else, whoever has signed that. So names, dates and authorities do not matter: a process that
/// connects to itself by an address need not have a certificate for it.
final class OwnCertificate extends X509ExtendedTrustManager {

  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private final Set<X509Certificate> own;

  OwnCertificate(Set<X509Certificate> own) {
    this.own = Set.copyOf(own);
  }

  /// @throws GeneralSecurityException when the server has no certificate that can be read
  static OwnCertificate of(HttpServerOptions options, Vertx vertx) throws GeneralSecurityException {
    KeyCertOptions keys = options.getKeyCertOptions();
    if (keys == null) {
      throw new KeyManagementException("the server has no certificate");
    }
    KeyManager[] managers;
    try {
      managers = keys.getKeyManagerFactory(vertx).getKeyManagers();
    } catch (Exception failure) {
      throw new KeyManagementException(failure);
    }
    Set<X509Certificate> own = new HashSet<>();
    for (KeyManager manager : managers) {
      if (manager instanceof X509KeyManager known) {
        addTo(own, known);
      }
    }
    return new OwnCertificate(own);
  }

  private static void addTo(Set<X509Certificate> own, X509KeyManager manager) {
    for (String type : KEY_TYPES) {
      String[] aliases = manager.getServerAliases(type, null);
      if (aliases != null) {
        for (String alias : aliases) {
          X509Certificate[] chain = manager.getCertificateChain(alias);
          // A name whose key is gone, as when the files are being replaced, has none.
          if (chain != null && chain.length > 0) {
            own.add(chain[0]);
          }
        }
      }
    }
  }

  /// Connects to this server, and to no other.
  SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {this}, null);
    return context;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain.length == 0 || !own.contains(chain[0])) {
      throw new CertificateException("this is another server");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("clients are not looked at");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
