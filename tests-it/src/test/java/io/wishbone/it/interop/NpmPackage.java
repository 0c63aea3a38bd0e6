package io.wishbone.it.interop;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A package that was installed from npm.
final class NpmPackage {
  private NpmPackage() {}

  static String version(String name) {
    Path description =
        ClientProgram.directory().resolve("node_modules").resolve(name).resolve("package.json");
    try {
      return JsonParser.parseString(Files.readString(description))
          .getAsJsonObject()
          .get("version")
          .getAsString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
