package io.wishbone.app.cluster;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that runs a Java program as a [Tethered] process, on the Java that runs this one.
record JavaProgram(List<String> options, String classPath, String main, List<String> arguments) {

  List<String> command() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(classPath + File.pathSeparator + own());
    command.add(Tethered.class.getName());
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  private static String own() {
    try {
      return Path.of(Tethered.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
