package io.wishbone.signaling.http;

/// The methods of the resources, as `Allow` lists them (RFC 9110 section 10.2.1).
public final class AllowedMethods {

  public static final String ENDPOINT = "GET, HEAD, POST, OPTIONS";
  public static final String SESSION = "GET, HEAD, PATCH, DELETE, OPTIONS";

  private AllowedMethods() {}

  static String at(String path) {
    return path.contains("/resource/") ? SESSION : ENDPOINT;
  }
}
