package io.wishbone.it.conformance;

import io.wishbone.it.TestCertificate;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;

/// What carries requests. The rules hold for each.
enum HttpProtocol {
  HTTP_1_1(Version.HTTP_1_1, false),
  HTTP_1_1_OVER_TLS(Version.HTTP_1_1, true),
  /// Over TLS too: browsers speak no other.
  HTTP_2(Version.HTTP_2, true);

  private final Version version;
  private final boolean overTls;
  private final HttpClient client;

  HttpProtocol(Version version, boolean overTls) {
    this.version = version;
    this.overTls = overTls;
    client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(TestCertificate.trustAll())
            .followRedirects(Redirect.NEVER)
            .build();
  }

  Version version() {
    return version;
  }

  boolean isOverTls() {
    return overTls;
  }

  /// Follows nothing, and takes every certificate.
  HttpClient client() {
    return client;
  }
}
