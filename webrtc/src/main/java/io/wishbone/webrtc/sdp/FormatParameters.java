package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `a=fmtp` says of a format, `key=value;key=value` as a rule. Keys do not heed case. Text of
/// another form (`0-15`, `111/111`) is kept, and has no keys.
public record FormatParameters(String text) {
  public static final FormatParameters NONE = new FormatParameters("");

  public FormatParameters {
    Grammar.text("a=fmtp", text);
  }

  /// Parameters in this order: `of("apt", "96")`.
  public static FormatParameters of(String key, String value) {
    return NONE.with(key, value);
  }

  /// These parameters, and one more behind them. It does not replace a parameter of the same name.
  public FormatParameters with(String key, String value) {
    Grammar.token("a=fmtp key", key, 64);
    if (value.indexOf(';') >= 0) {
      throw new InvalidValueException("a=fmtp value has a semicolon");
    }
    return and(new FormatParameters(key + "=" + value));
  }

  /// These parameters but those of this name; the very same text when there are none.
  public FormatParameters without(String key) {
    if (value(key) == null) {
      return this;
    }
    List<String> kept = new ArrayList<>();
    for (String parameter : Grammar.parts(text, ';')) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!name.strip().equalsIgnoreCase(key)) {
        kept.add(parameter);
      }
    }
    return new FormatParameters(String.join(";", kept));
  }

  /// The first parameter of each name; the very same text when none is repeated.
  public FormatParameters distinct() {
    Map<String, String> first = new LinkedHashMap<>();
    List<String> parameters = Grammar.parts(text, ';');
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      first.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), parameter);
    }
    return first.size() == parameters.size()
        ? this
        : new FormatParameters(String.join(";", first.values()));
  }

  /// The value of the first parameter of this name, the empty string for a key without a value,
  /// `null` when there is none.
  public @Nullable String value(String key) {
    for (String parameter : Grammar.parts(text, ';')) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (name.strip().equalsIgnoreCase(key)) {
        return equals < 0 ? "" : parameter.substring(equals + 1).strip();
      }
    }
    return null;
  }

  /// The value as a number, or another when it is absent or no number.
  public int number(String key, int otherwise) {
    String value = value(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Grammar.integer(key, value, 0, Integer.MAX_VALUE);
    } catch (InvalidValueException e) {
      return otherwise;
    }
  }

  /// The names, in their order.
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (String parameter : Grammar.parts(text, ';')) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        keys.add(parameter.substring(0, equals).strip());
      }
    }
    return keys;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text;
  }

  FormatParameters and(FormatParameters more) {
    if (isEmpty()) {
      return more;
    }
    return more.isEmpty() ? this : new FormatParameters(text + ";" + more.text);
  }
}
