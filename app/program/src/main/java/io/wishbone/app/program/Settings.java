package io.wishbone.app.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The settings of this run, checked before the framework starts.
///
/// @param values all that are set or have a default
public record Settings(Program program, Map<Setting, String> values) {

  private static final String THIS_MACHINE = "127.0.0.1";
  private static final String ALL_ADDRESSES = "0.0.0.0";

  /// No request comes from there. An empty list would be everybody.
  private static final String NOBODY = "0.0.0.0/32";

  private static final int USUAL_WORKERS = 2;

  public Settings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// @throws StartRefusedException when one of them is wrong, or they do not fit together
  static Settings gather(SettingSources sources) throws StartRefusedException {
    Program program = sources.program();
    var values = new LinkedHashMap<Setting, String>();
    for (Setting setting : program.settings()) {
      SettingSources.Found found = sources.find(setting);
      if (found != null) {
        SettingCheck.kind(setting, found);
        values.put(setting, found.value());
      } else if (setting.byDefault() != null) {
        values.put(setting, setting.byDefault());
      }
    }
    int cores = Runtime.getRuntime().availableProcessors();
    // A media node by itself lets nobody in: signalling does.
    boolean open = "off".equals(values.get(AuthenticationSettings.AUTH));
    Map<Setting, String> derived =
        Map.of(
            MediaSettings.WORKERS,
            Integer.toString(Math.min(USUAL_WORKERS, cores)),
            ListeningSettings.BIND,
            open ? THIS_MACHINE : ALL_ADDRESSES,
            ListeningSettings.TRUSTED_PROXIES,
            NOBODY,
            ClusterSettings.POD_ID,
            OwnName.drawn(),
            ClusterSettings.NODE_ID,
            OwnName.drawn());
    derived.forEach((setting, value) -> {
      if (program.has(setting)) {
        values.putIfAbsent(setting, value);
      }
    });
    var settings = new Settings(program, values);
    SettingCheck.together(settings);
    return settings;
  }

  public boolean has(Setting setting) {
    return values.containsKey(setting);
  }

  boolean is(Setting setting, String value) {
    return value.equals(values.get(setting));
  }

  /// Whether a list is there and has this word in it.
  boolean lists(Setting setting, String word) {
    return has(setting) && List.of(get(setting).strip().split("\\s*,\\s*", -1)).contains(word);
  }

  /// Whether tokens are asked for, and nothing is set that could verify them. In a cluster that is
  /// a mistake: the key of one machine is none for another.
  public boolean needsLocalKey() {
    return program == Program.STANDALONE
        && lists(AuthenticationSettings.AUTH, "jwt")
        && is(AuthenticationSettings.JWT_ALGORITHM, "es256")
        && !has(AuthenticationSettings.JWT_KEY)
        && !has(AuthenticationSettings.JWT_KEY_LOCATION)
        && !(has(AuthenticationSettings.JWT_ISSUER)
            && get(AuthenticationSettings.JWT_ISSUER).matches("https?://.*"));
  }

  /// The same, with one more.
  public Settings with(Setting setting, String value) {
    var next = new LinkedHashMap<>(values);
    next.put(setting, value);
    return new Settings(program, next);
  }

  /// A value that is set or has a default.
  String get(Setting setting) {
    String value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException(setting + " is not set");
    }
    return value;
  }

  int number(Setting setting) {
    return Integer.parseInt(get(setting));
  }

  /// Hands them to the framework, above everything that it finds by itself: what was checked is
  /// what is used.
  void putInto(Properties system) {
    values.forEach((setting, value) -> system.setProperty(setting.key(), value));
    Tls.framework(this).forEach(system::setProperty);
    ObservationSettings.framework(this).forEach(system::setProperty);
  }
}
