package io.wishbone.signaling.http;

/// The part of the URL space that the two protocols own.
final class Surface {

  private Surface() {}

  static boolean covers(String path) {
    return path.startsWith("/whip/") || path.startsWith("/whep/");
  }
}
