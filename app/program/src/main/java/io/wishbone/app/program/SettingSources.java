package io.wishbone.app.program;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/// Where settings come from: an option wins over a system property, that over the environment, that
/// over a file. The framework has the same order.
final class SettingSources {

  private static final int OPTIONS = 500;
  private static final int SYSTEM = 400;
  private static final int ENVIRONMENT = 300;

  /// Of the file that [OtherSettings#CONFIG] names.
  static final int NAMED_FILE = 265;

  /// Of the file that is read when it is there; the framework has it at the same place.
  private static final int USUAL_FILE = 260;

  /// One for each region, named by what is behind it: only in files and the environment.
  private static final String REGIONS = "wishbone.redirect.regions.";

  private static final Path USUAL = Path.of("config", "application.properties");

  private final Program program;
  private final SmallRyeConfig config;
  private final Map<Integer, Path> files;

  private SettingSources(Program program, List<ConfigSource> sources, Map<Integer, Path> files) {
    this.program = program;
    this.config = new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(sources).build();
    this.files = files;
  }

  /// A value that is not checked yet.
  ///
  /// @param origin what the user called it and where, for messages
  record Found(String value, String origin) {}

  /// @param directory in which the server was started
  static SettingSources of(
      Program program,
      Map<Setting, String> options,
      Map<String, String> system,
      Map<String, String> environment,
      Path directory)
      throws StartRefusedException {
    var sources = new ArrayList<ConfigSource>();
    sources.add(new PropertiesConfigSource(byKey(options), "options", OPTIONS));
    sources.add(new PropertiesConfigSource(system, "system properties", SYSTEM));
    sources.add(new EnvConfigSource(environment, ENVIRONMENT));
    var files = new HashMap<Integer, Path>();
    Found named = new SettingSources(program, sources, files).find(OtherSettings.CONFIG);
    if (named != null) {
      SettingCheck.kind(OtherSettings.CONFIG, named);
      files.put(NAMED_FILE, directory.resolve(named.value()));
    }
    Path usual = directory.resolve(USUAL);
    if (Files.isRegularFile(usual)) {
      files.put(USUAL_FILE, usual);
    }
    for (Map.Entry<Integer, Path> file : files.entrySet()) {
      sources.add(read(file.getValue(), file.getKey()));
    }
    return new SettingSources(program, sources, files);
  }

  private static Map<String, String> byKey(Map<Setting, String> options) {
    return options.entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().key(), Map.Entry::getValue));
  }

  private static ConfigSource read(Path path, int ordinal) throws StartRefusedException {
    try {
      var source = new PropertiesConfigSource(path.toUri().toURL(), ordinal);
      for (String key : source.getPropertyNames()) {
        checkKey(key, path);
      }
      return source;
    } catch (IOException | IllegalArgumentException failure) {
      throw StartRefusedException.wrongUse(
          "cannot read the settings in " + path + ": " + Quoted.of("" + failure.getMessage()));
    }
  }

  private static void checkKey(String key, Path file) throws StartRefusedException {
    // A file may be there for several programs.
    List<String> keys = Program.settingsOfAll().stream().map(Setting::key).toList();
    if (Setting.isOurs(key) && !keys.contains(key) && !key.startsWith(REGIONS)) {
      throw StartRefusedException.wrongUse(
          "there is no setting "
              + Quoted.of(key)
              + " (in "
              + file
              + "), did you mean "
              + ClosestName.to(key, keys)
              + "?");
    }
  }

  /// For which these are.
  Program program() {
    return program;
  }

  /// Null when nobody said anything.
  @Nullable Found find(Setting setting) throws StartRefusedException {
    ConfigValue found = config.getConfigValue(setting.key());
    String value = found.getValue();
    String raw = found.getRawValue();
    if (value == null && raw != null && !raw.isEmpty()) {
      throw StartRefusedException.wrongUse(
          origin(setting, found)
              + " is "
              + Quoted.of(raw)
              + ", which refers to something that is not set");
    }
    return value == null || value.isEmpty() ? null : new Found(value, origin(setting, found));
  }

  private String origin(Setting setting, ConfigValue value) {
    return switch (value.getConfigSourceOrdinal()) {
      case OPTIONS -> setting.option();
      case SYSTEM -> "the system property " + setting.key();
      case ENVIRONMENT -> setting.variable();
      default -> setting.key() + " (in " + files.get(value.getConfigSourceOrdinal()) + ")";
    };
  }
}
