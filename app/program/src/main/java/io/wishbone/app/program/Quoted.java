package io.wishbone.app.program;

/// Shows what somebody typed, so that it fits into one line whatever it is.
public final class Quoted {

  private static final int LONGEST = 80;

  private Quoted() {}

  public static String of(String typed) {
    String shown = typed.length() <= LONGEST ? typed : typed.substring(0, LONGEST) + "…";
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
