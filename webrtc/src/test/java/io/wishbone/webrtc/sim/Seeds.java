package io.wishbone.webrtc.sim;

/// From how many seeds a simulation is run. A build takes what is usual; `-Dsimulation.seeds=N`
/// takes N times as many, for a long look.
public final class Seeds {
  private static final int TIMES = Math.max(1, Integer.getInteger("simulation.seeds", 1));

  private Seeds() {}

  /// @param usual how many a build takes
  public static int of(int usual) {
    return usual * TIMES;
  }
}
