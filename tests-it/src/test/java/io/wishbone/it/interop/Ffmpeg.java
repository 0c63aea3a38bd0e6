package io.wishbone.it.interop;

import io.wishbone.it.ServerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// FFmpeg as a program: the one in the jar that the profile has for Linux on x86-64, elsewhere the
/// one on the PATH. It needs what Debian's package `ffmpeg` brings with it, libraries for sound and
/// windows that it never uses here.
final class Ffmpeg {
  private static final String PACKAGED = "org/bytedeco/ffmpeg/linux-x86_64-gpl/";
  private static final Path UNPACKED =
      ServerProgram.root().resolve("tests-it/target/interop/ffmpeg");

  /// Where the packaged program and its libraries are; null when it is the one on the PATH.
  private final @Nullable Path directory;

  private Ffmpeg(@Nullable Path directory) {
    this.directory = directory;
  }

  static Ffmpeg find() {
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    URL packaged = Ffmpeg.class.getClassLoader().getResource(PACKAGED + "ffmpeg");
    return new Ffmpeg(fits && packaged != null ? unpack(packaged) : null);
  }

  private static Path unpack(URL program) {
    try (JarFile jar = ((JarURLConnection) program.openConnection()).getJarFile()) {
      Files.createDirectories(UNPACKED);
      for (JarEntry entry : jar.stream().filter(Ffmpeg::isPart).toList()) {
        Path file = UNPACKED.resolve(entry.getName().substring(PACKAGED.length()));
        if (!Files.exists(file)) {
          Files.write(file, jar.getInputStream(entry).readAllBytes());
        }
      }
      UNPACKED.resolve("ffmpeg").toFile().setExecutable(true);
      return UNPACKED;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Its libraries, but not the bindings for Java.
  private static boolean isPart(JarEntry entry) {
    String name = entry.getName();
    return name.startsWith(PACKAGED) && !entry.isDirectory() && !name.contains("/libjni");
  }

  ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(directory == null ? "ffmpeg" : directory.resolve("ffmpeg").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    if (directory != null) {
      builder.environment().put("LD_LIBRARY_PATH", directory.toString());
    }
    return builder;
  }

  /// What it calls itself, such as `8.1.2`.
  String version() {
    return ask("-version").split(" ")[2];
  }

  boolean hasWhip() {
    return ask("-muxers").contains(" whip ");
  }

  private String ask(String question) {
    try {
      Process process =
          builder(List.of("-hide_banner", question))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
