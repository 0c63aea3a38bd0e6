package io.wishbone.it.interop;

import io.wishbone.it.ServerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `tests-it/interop/install` installs. Where it could not, it leaves a file with the reason.
enum Source {
  NPM,
  FIREFOX,
  GSTREAMER,
  AIORTC,
  FFMPEG;

  /// Why it could not be installed; null when it could.
  @Nullable String missing() {
    Path reason =
        ServerProgram.root()
            .resolve("tests-it/target/interop/not-installed")
            .resolve(name().toLowerCase(Locale.ROOT));
    try {
      return Files.exists(reason) ? Files.readString(reason).strip() : null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
