package io.wishbone.it.conformance;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// The test methods of this package, by the rules that they name.
final class ConformanceTests {
  static final List<Class<?>> CLASSES =
      List.of(
          HttpSurfaceIT.class,
          PatchIT.class,
          SdpIT.class,
          OperationIT.class,
          WhepIT.class,
          ExtensionsIT.class,
          SeedIT.class,
          OftenWrongIT.class,
          MediaIT.class,
          RevocationIT.class);

  private static final Pattern RULE = Pattern.compile("[wpxso][0-9]{1,2}");

  private ConformanceTests() {}

  /// `class#method` by rule.
  static Map<String, List<String>> byRule() {
    Map<String, List<String>> tests = new TreeMap<>();
    for (Class<?> type : CLASSES) {
      for (Method method : type.getDeclaredMethods()) {
        if (isTest(method)) {
          String test = type.getSimpleName() + "#" + method.getName();
          for (String rule : rules(method.getName())) {
            tests.computeIfAbsent(rule, key -> new ArrayList<>()).add(test);
          }
        }
      }
    }
    tests.values().forEach(names -> names.sort(null));
    return tests;
  }

  static boolean isTest(Method method) {
    return (method.isAnnotationPresent(Test.class)
            || method.isAnnotationPresent(ParameterizedTest.class))
        && !method.isAnnotationPresent(Disabled.class)
        && !method.getDeclaringClass().isAnnotationPresent(Disabled.class);
  }

  /// The rules in front of a method's name: `w3_w4_saysSomething` names two.
  static List<String> rules(String method) {
    List<String> rules = new ArrayList<>();
    for (String part : method.split("_")) {
      if (!RULE.matcher(part).matches()) {
        break;
      }
      rules.add(part.toUpperCase(Locale.ROOT));
    }
    return rules;
  }
}
