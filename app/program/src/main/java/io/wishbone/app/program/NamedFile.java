package io.wishbone.app.program;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/// Shows the framework the file that [OtherSettings#CONFIG] names, for settings of the framework in
/// it. Called by the framework; by then the file was read once without fault.
public final class NamedFile implements ConfigSourceProvider {

  @Override
  public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
    String named = System.getProperty(OtherSettings.CONFIG.key());
    if (named == null) {
      return List.of();
    }
    try {
      return List.of(
          new PropertiesConfigSource(Path.of(named).toUri().toURL(), SettingSources.NAMED_FILE));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
