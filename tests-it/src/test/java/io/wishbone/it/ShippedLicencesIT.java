package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that the programs really ship has a licence that goes together with Apache-2.0. The
/// build has written down what that is.
class ShippedLicencesIT {

  /// Jars that are not Maven's: none.
  private static final int UNKNOWN = 0;

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "signaling", "media"})
  void goTogetherWithOurs(String program) throws IOException, InterruptedException {
    Path target = ServerProgram.root().resolve("app").resolve(program).resolve("target");
    Path bom = target.resolve("bom.xml");
    assertThat(bom).as("made by every build that may use the network").exists();
    LicencesTest.Finished run = LicencesTest.run(bom, target.resolve("licences.md"));
    assertThat(run.text()).contains("0 of them with a licence to look at");
    assertThat(run.exitCode()).isZero();
    assertThat(run.page()).contains("org.bouncycastle:bcprov-jdk18on", "io.netty:netty-common");

    // Else a list that lacks half of it would be as good.
    String listed = Files.readString(bom);
    try (Stream<Path> jars = Files.list(target.resolve("quarkus-app/lib/main"))) {
      assertThat(
              jars.map(jar -> jar.getFileName().toString())
                  .filter(jar -> !jar.startsWith("io.wishbone."))
                  .filter(jar -> !isListed(jar, listed)))
          .hasSize(UNKNOWN);
    }
  }

  /// The framework calls a jar by its group, artifact and version.
  private static boolean isListed(String jar, String bom) {
    for (int dot = jar.indexOf('.'); dot > 0; dot = jar.indexOf('.', dot + 1)) {
      int end = jar.lastIndexOf('-', jar.lastIndexOf('.'));
      while (end > dot) {
        String component = "pkg:maven/" + jar.substring(0, dot) + "/" + jar.substring(dot + 1, end);
        if (bom.contains(component + "@")) {
          return true;
        }
        end = jar.lastIndexOf('-', end - 1);
      }
    }
    return false;
  }
}
