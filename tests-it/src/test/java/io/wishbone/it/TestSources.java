package io.wishbone.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Tests that a page names, looked up in the sources: most are in rooms whose tests cannot be
/// loaded here.
public final class TestSources {
  private static final Pattern TEST =
      Pattern.compile("(?m)^ *@(Test|ParameterizedTest|Property|FuzzTest|ArchTest)\\b");
  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\h*\\n");

  private TestSources() {}

  /// @param test `package.class#method`, in whatever room
  /// @return what is wrong with it; empty when there is such a test and it runs
  public static String fault(String test) throws IOException {
    String[] parts = test.split("#");
    if (parts.length != 2) {
      return "not a class and a method";
    }
    return fault(source(parts[0].replace('.', '/') + ".java"), parts[1]);
  }

  static String fault(String source, String method) {
    if (source.contains("@Disabled")) {
      return "in a class with tests that do not run";
    }
    String name = " void " + method + "(";
    // Members are parted by blank lines, so that a test's annotations are in one piece with it.
    boolean isTest =
        BLANK_LINE
            .splitAsStream(source)
            .filter(piece -> piece.contains(name))
            .anyMatch(piece -> TEST.matcher(piece.substring(0, piece.indexOf(name))).find());
    return isTest ? "" : "not a test";
  }

  /// Whether there is a test class, or a part of one, of this simple name in any room.
  public static boolean exists(String simpleName) throws IOException {
    try (Stream<Path> rooms = Files.list(ServerProgram.root())) {
      for (Path room : rooms.toList()) {
        Path tests = room.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            if (files.anyMatch(file -> file.endsWith(simpleName + ".java"))) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private static String source(String path) throws IOException {
    try (Stream<Path> rooms = Files.list(ServerProgram.root())) {
      for (Path room : rooms.toList()) {
        Path file = room.resolve("src/test/java").resolve(path);
        if (Files.exists(file)) {
          return Files.readString(file);
        }
      }
    }
    return "";
  }
}
