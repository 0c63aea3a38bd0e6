package io.wishbone.app.standalone;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The settings of this run, checked before the framework starts.
///
/// @param values all that are set or have a default
record Settings(Map<Setting, String> values) {

  private static final String THIS_MACHINE = "127.0.0.1";
  private static final String ALL_ADDRESSES = "0.0.0.0";

  /// No request comes from there. An empty list would be everybody.
  private static final String NOBODY = "0.0.0.0/32";

  private static final int USUAL_WORKERS = 2;

  Settings {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  /// @throws StartRefusedException when one of them is wrong, or they do not fit together
  static Settings gather(SettingSources sources) throws StartRefusedException {
    var values = new EnumMap<Setting, String>(Setting.class);
    for (Setting setting : Setting.values()) {
      SettingSources.Found found = sources.find(setting);
      if (found != null) {
        SettingCheck.kind(setting, found);
        values.put(setting, found.value());
      } else if (setting.byDefault() != null) {
        values.put(setting, setting.byDefault());
      }
    }
    int cores = Runtime.getRuntime().availableProcessors();
    values.putIfAbsent(Setting.WORKERS, Integer.toString(Math.min(USUAL_WORKERS, cores)));
    boolean open = "off".equals(values.get(Setting.AUTH));
    values.putIfAbsent(Setting.BIND, open ? THIS_MACHINE : ALL_ADDRESSES);
    values.putIfAbsent(Setting.TRUSTED_PROXIES, NOBODY);
    var settings = new Settings(values);
    SettingCheck.together(settings);
    return settings;
  }

  boolean has(Setting setting) {
    return values.containsKey(setting);
  }

  boolean is(Setting setting, String value) {
    return value.equals(values.get(setting));
  }

  /// Whether a list has this word in it.
  boolean lists(Setting setting, String word) {
    return List.of(get(setting).strip().split("\\s*,\\s*", -1)).contains(word);
  }

  /// Whether tokens are asked for, and nothing is set that could verify them.
  boolean needsLocalKey() {
    return lists(Setting.AUTH, "jwt")
        && is(Setting.JWT_ALGORITHM, "es256")
        && !has(Setting.JWT_KEY)
        && !has(Setting.JWT_KEY_LOCATION)
        && !(has(Setting.JWT_ISSUER) && get(Setting.JWT_ISSUER).matches("https?://.*"));
  }

  /// The same, with one more.
  Settings with(Setting setting, String value) {
    var next = new EnumMap<>(values);
    next.put(setting, value);
    return new Settings(next);
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
  }
}
