package io.wishbone.it.quality;

/// What is asserted is what is aimed at, on a machine that does nothing else. On a busier one
/// `-Dquality.slack=4` allows four times as much.
public final class Goals {

  private static final double SLACK = Double.parseDouble(System.getProperty("quality.slack", "1"));

  private Goals() {}

  /// What may be measured at most where this is the goal.
  public static double atMost(double goal) {
    return goal * SLACK;
  }
}
