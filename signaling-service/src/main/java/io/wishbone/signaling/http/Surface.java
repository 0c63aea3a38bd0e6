package io.wishbone.signaling.http;

import java.util.regex.Pattern;

/// The part of the URL space that the two protocols own.
public final class Surface {

  /// What stands behind the first segment may be parameters of it.
  private static final Pattern PATH = Pattern.compile("/(?:whip|whep)(?:[/;].*)?", Pattern.DOTALL);

  private static final Pattern SESSION_PATH =
      Pattern.compile("/(?:whip|whep)/resource/.*", Pattern.DOTALL);

  private Surface() {}

  public static boolean covers(String path) {
    return PATH.matcher(path).matches();
  }

  /// Whether it is the path of a session, or of what belongs to one: to answer there means to look
  /// for the session.
  public static boolean isSession(String path) {
    return SESSION_PATH.matcher(path).matches();
  }
}
