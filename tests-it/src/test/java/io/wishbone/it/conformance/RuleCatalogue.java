package io.wishbone.it.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The rules, as `conformance/rules.txt` has them.
final class RuleCatalogue {
  private RuleCatalogue() {}

  static List<Rule> read() {
    List<Rule> rules = new ArrayList<>();
    String chapter = "";
    for (String line : text().lines().toList()) {
      if (line.startsWith("== ")) {
        chapter = line.substring(3);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        rules.add(Rule.parse(chapter, line));
      }
    }
    return rules;
  }

  private static String text() {
    try (InputStream in = RuleCatalogue.class.getResourceAsStream("/conformance/rules.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
