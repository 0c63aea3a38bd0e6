package io.wishbone.app.media;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.wishbone.app.program.Launch;
import io.wishbone.app.program.Program;

/// The program.
@QuarkusMain
public final class MediaNodeProgram {

  private MediaNodeProgram() {}

  public static void main(String... arguments) {
    Launch.main(Program.MEDIA, Node.class, arguments);
  }
}
