package io.wishbone.app.program.kind;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A file that can be read, or where `web` is set also an address.
public record Location(boolean web) implements ValueKind {

  @Override
  public String label() {
    return web ? "FILE|URL" : "FILE";
  }

  @Override
  public String allowed() {
    return "a file that can be read" + (web ? ", or " + new WebAddress().allowed() : "");
  }

  @Override
  public boolean accepts(String value) {
    if (web && new WebAddress().accepts(value)) {
      return true;
    }
    try {
      Path file = Path.of(value);
      return Files.isRegularFile(file) && Files.isReadable(file);
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
