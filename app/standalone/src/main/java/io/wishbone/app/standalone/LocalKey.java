package io.wishbone.app.standalone;

import io.wishbone.app.program.Quoted;
import io.wishbone.app.program.StartRefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// The key with which this machine signs tokens for development. It is made when it is needed for
/// the first time, in a file that nobody else may read.
///
/// @param file in which it is
record LocalKey(Path file, PublicJsonWebKey key) {

  /// Where it is to be, instead of `.wishbone` in the home directory.
  static final String HOME_VARIABLE = "WISHBONE_HOME";

  private static final String NAME = "token-key.json";

  static LocalKey of(Map<String, String> environment) throws StartRefusedException {
    String home = environment.getOrDefault(HOME_VARIABLE, "");
    Path directory =
        home.isEmpty() ? Path.of(System.getProperty("user.home"), ".wishbone") : Path.of(home);
    Path file = directory.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        make(directory, file);
      }
      return new LocalKey(file, PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file)));
    } catch (IOException | JoseException | RuntimeException failure) {
      throw StartRefusedException.notPossible(
          "the key for tokens in "
              + file
              + " cannot be had: "
              + Quoted.of("" + failure.getMessage()),
          failure);
    }
  }

  /// The public part, as JWK set.
  String publicKeys() {
    return "{\"keys\":[" + key.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}";
  }

  PrivateKey privateKey() {
    return key.getPrivateKey();
  }

  private static void make(Path directory, Path file) throws IOException, JoseException {
    var made = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    made.setUse("sig");
    made.setAlgorithm("ES256");
    made.setKeyId(made.calculateBase64urlEncodedThumbprint("SHA-256"));
    Files.createDirectories(directory, ownersOnly(directory, "rwx------"));
    Path draft = Files.createTempFile(directory, NAME, "", ownersOnly(directory, "rw-------"));
    try {
      Files.writeString(
          draft,
          made.toJson(OutputControlLevel.INCLUDE_PRIVATE),
          StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(draft, file);
    } catch (FileAlreadyExistsException _) {
      // Somebody else was faster: that one counts.
      Files.delete(draft);
    }
  }

  private static FileAttribute<?>[] ownersOnly(Path directory, String permissions) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
