package io.wishbone.app.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wishbone.app.program.StartRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tokens and stream keys that are made on the command line.
class TokenOrderTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @TempDir Path directory;

  private LocalKey key() throws StartRefusedException {
    return LocalKey.of(Map.of("WISHBONE_HOME", directory.resolve("home").toString()));
  }

  @Test
  void signsWhatWasAskedForWithTheKeyOfThisMachine() throws Exception {
    List<String> words =
        List.of(
            "--publish",
            "live,studio-*",
            "--play=x*",
            "--ttl",
            "90m",
            "--subject",
            "alice",
            "--admin");
    String token = TokenOrder.read(words).sign(key(), NOW);

    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKey(key().key().getPublicKey())
            .setEvaluationTime(NumericDate.fromSeconds(NOW.getEpochSecond()))
            .build()
            .processToClaims(token);
    assertThat(claims.getSubject()).isEqualTo("alice");
    assertThat(claims.getStringListClaimValue("publish")).containsExactly("live", "studio-*");
    assertThat(claims.getStringListClaimValue("play")).containsExactly("x*");
    assertThat(claims.getClaimValue("admin")).isEqualTo(true);
    assertThat(claims.getExpirationTime().getValue()).isEqualTo(NOW.getEpochSecond() + 5400);
  }

  @Test
  void keepsItsKeyWhereNobodyElseReadsIt() throws Exception {
    LocalKey first = key();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file().getParent())))
        .isEqualTo("rwx------");
    assertThat(key().publicKeys()).isEqualTo(first.publicKeys());
    assertThat(first.publicKeys()).doesNotContain("\"d\"");
    try (var files = Files.list(first.file().getParent())) {
      assertThat(files).containsExactly(first.file());
    }
  }

  @Test
  void saysSoWhenTheKeyCannotBeRead() throws Exception {
    Files.writeString(key().file(), "nonsense");
    assertThat(catchThrowableOfType(StartRefusedException.class, this::key))
        .hasMessageContaining("token-key.json cannot be had");
  }

  @Test
  void makesStreamKeysThatTheServerReads() throws Exception {
    var random = new SecureRandom();
    List<String> words = List.of("--publish", "live", "--id", "camera");
    List<String> lines = KeyOrder.read(words, random).make(random).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("Key   camera\\.[A-Za-z0-9_-]{43}");
    assertThat(lines.get(1)).matches("Line  camera publish live sha256:[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token | say what it is for",
        "token --publish | --publish needs a value",
        "token --publish a/b | --publish is 'a/b', but has to be names of streams",
        "token --play a --play b | --play is given twice",
        "token --play a --ttl 1y | --ttl is '1y', but has to be a time",
        "token --play a --id b | there is no option '--id' here",
        "token live | there is no option 'live' here",
        "key | say what it is for",
        "key --play a --id a.b | --id is 'a.b', but has to be",
        "key --play a --publish b | a key has one list of streams",
      })
  void refusesInOneLine(String line, String reason) {
    var refused =
        catchThrowableOfType(
            StartRefusedException.class,
            () -> {
              List<String> words = List.of(line.split(" "));
              List<String> rest = words.subList(1, words.size());
              if (words.getFirst().equals("token")) {
                TokenOrder.read(rest);
              } else {
                KeyOrder.read(rest, new SecureRandom());
              }
            });
    assertThat(refused).hasMessageContaining(reason).hasMessageNotContaining("\n");
    assertThat(refused.exitCode()).isEqualTo(2);
  }
}
