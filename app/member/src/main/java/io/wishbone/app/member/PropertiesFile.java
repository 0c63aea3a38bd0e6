package io.wishbone.app.member;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Settings of a client library in a file of their own, where secrets are not in anybody's sight.
public final class PropertiesFile {

  private PropertiesFile() {}

  /// @param file empty for none
  public static Properties read(Optional<String> file) {
    var properties = new Properties();
    if (file.isPresent()) {
      try (Reader text = Files.newBufferedReader(Path.of(file.get()))) {
        properties.load(text);
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read " + file.get(), failure);
      }
    }
    return properties;
  }

  static Map<String, String> map(Optional<String> file) {
    var map = new HashMap<String, String>();
    Properties properties = read(file);
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }
}
