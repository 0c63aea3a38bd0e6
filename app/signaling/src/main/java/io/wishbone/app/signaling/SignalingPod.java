package io.wishbone.app.signaling;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.wishbone.app.program.Launch;
import io.wishbone.app.program.Program;

/// The program.
@QuarkusMain
public final class SignalingPod {

  private SignalingPod() {}

  public static void main(String... arguments) {
    Launch.main(Program.SIGNALING, Pod.class, arguments);
  }
}
