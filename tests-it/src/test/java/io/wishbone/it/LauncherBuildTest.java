package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the launcher script builds, cleans, and trains the virtual machine, and what it then runs:
/// in a folder with a space in its path, with a Maven and a Java that only say what they were
/// asked.
class LauncherBuildTest {

  @TempDir private Path directory = Path.of("");

  private FakeCheckout checkout;

  @BeforeEach
  void begin() throws IOException {
    checkout = FakeCheckout.in(directory.resolve("a folder"), directory.resolve("tools"));
  }

  private String path(String name) {
    return checkout.file(name).toString();
  }

  @Test
  void buildsTrainsAndRunsTheFirstTime() throws Exception {
    assertThat(checkout.launch("run", "--http-port", "80 80").exitCode()).isZero();

    String cache = checkout.cache().toString();
    assertThat(checkout.commands()).hasSize(3);
    assertThat(checkout.commands().getFirst())
        .startsWith("mvn ")
        .contains("-f " + path("pom.xml") + " ")
        .contains(" -DskipTests package -pl app/standalone -am")
        .doesNotContain("clean");
    assertThat(checkout.commands().get(1))
        .startsWith(
            "java [@" + path("app/standalone/jvm.options") + "] [-XX:AOTCacheOutput=" + cache)
        .endsWith(" [--train]");
    assertThat(checkout.commands().getLast())
        .startsWith(
            "java [@" + path("app/standalone/jvm.options") + "] [-XX:AOTCache=" + cache + "]")
        .endsWith("quarkus-run.jar] [--http-port] [80 80]");
    assertThat(checkout.cache()).hasContent("learnt");
  }

  @Test
  void onlyRunsTheSecondTime() throws Exception {
    checkout.launch();
    assertThat(checkout.launch().text()).isEmpty();
    assertThat(checkout.commands())
        .singleElement()
        .asString()
        .startsWith("java ")
        .contains("[-XX:AOTCache=");
  }

  @Test
  void buildsAndTrainsAnewWhenASourceIsNewer() throws Exception {
    checkout.launch();
    checkout.letTimePass();
    Files.writeString(checkout.file("webrtc/src/main/java/First.java"), "class First {}");
    checkout.launch();
    assertThat(checkout.commands()).hasSize(3);
    assertThat(checkout.commands().getFirst()).startsWith("mvn ").doesNotContain("clean");
    assertThat(checkout.commands().get(1)).contains("AOTCacheOutput");
  }

  @Test
  void removesWhatWasMadeOfSourcesThatAreGone() throws Exception {
    checkout.launch();
    checkout.letTimePass();
    Files.delete(checkout.file("webrtc/src/main/java/Second.java"));
    checkout.launch();
    assertThat(checkout.commands()).hasSize(4);
    assertThat(checkout.commands().getFirst()).startsWith("mvn ").endsWith("-Pcluster clean");
    assertThat(checkout.commands().get(1)).startsWith("mvn ").contains(" package ");

    checkout.letTimePass();
    Files.writeString(checkout.file("webrtc/src/main/java/First.java"), "class First {}");
    checkout.launch();
    assertThat(checkout.commands().getFirst()).as("once is enough").contains(" package ");
  }

  @Test
  void goesOnWhenThatCannotBeRemoved() throws Exception {
    checkout.launch();
    checkout.letTimePass();
    Files.delete(checkout.file("webrtc/src/main/java/Second.java"));
    checkout.mavenThat("case $* in *clean) exit 1 ;; esac");
    FakeCheckout.Finished run = checkout.launch();
    assertThat(run.exitCode()).isZero();
    assertThat(run.text()).contains("could not be removed", "folders named target");
    assertThat(checkout.commands().getLast()).startsWith("java ");
  }

  @Test
  void runsNothingWhenTheBuildFails() throws Exception {
    checkout.mavenThat("exit 1");
    FakeCheckout.Finished run = checkout.launch();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.text()).endsWith("wishbone: the build failed, see above\n");
    assertThat(checkout.commands()).hasSize(1);
  }

  @Test
  void runsWithoutACacheWhenTrainingFailsAndDoesNotTryAgain() throws Exception {
    checkout.javaThat("case $* in *--train) exit 1 ;; esac");
    assertThat(checkout.launch("run").exitCode()).isZero();
    assertThat(checkout.cache()).isEmptyFile();
    assertThat(checkout.commands().getLast()).startsWith("java ").doesNotContain("AOT");

    checkout.launch("run");
    assertThat(checkout.commands()).singleElement().asString().doesNotContain("AOT");
  }

  @Test
  void removesWhatAnInterruptedTrainingLeftBehind() throws Exception {
    checkout.launch();
    Path old = Files.writeString(Path.of(checkout.cache() + ".4711"), "half");
    Path log = Files.writeString(Path.of(checkout.cache() + ".log"), "said");
    Path running = Files.writeString(Path.of(checkout.cache() + ".4712"), "half");
    long past = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
    Files.setLastModifiedTime(old, FileTime.fromMillis(past));
    Files.setLastModifiedTime(log, FileTime.fromMillis(past));
    Files.delete(checkout.cache());
    checkout.launch();
    assertThat(old).doesNotExist();
    assertThat(log).exists();
    assertThat(running).as("another launcher may just be at it").exists();
  }

  @Test
  void doesNotTrainToExplainItself() throws Exception {
    checkout.launch("run", "--help");
    assertThat(checkout.commands()).hasSize(2).noneMatch(command -> command.contains("AOT"));
  }

  @Test
  void soaksWithoutAllOtherTests() throws Exception {
    checkout.launch("soak", "50");
    assertThat(checkout.commands())
        .singleElement()
        .asString()
        .contains(" verify -Psoak ", " -Dtest=NONE ")
        .endsWith(" -Dsoak.sessions=50");
  }

  @Test
  void testsClustersAndSaysHowLongThatTook() throws Exception {
    FakeCheckout.Finished run = checkout.launch("cluster-test", "-Dcluster.measure");
    assertThat(run.text())
        .containsPattern(
            "the tests with clusters took \\d+ min \\d+ s, what had to be built included");
    assertThat(checkout.commands())
        .singleElement()
        .asString()
        .contains(" verify -Pcluster -pl tests-it,")
        .endsWith(" -am -Dcluster.measure");

    checkout.mavenThat("exit 3");
    assertThat(checkout.launch("cluster-test").exitCode()).isEqualTo(3);
  }

  /// Each suite is ended by itself; what all of them take together, one after the other, is looked
  /// at in the end.
  @Test
  void failsWhenTheTestsOfClustersTakeTooLongTogether() throws Exception {
    checkout.mavenThat("sleep 2");
    FakeCheckout.Finished run = checkout.launch("cluster-test", "-Dcluster.seconds=1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.text()).contains("longer than 1 s", "-Dcluster.seconds=2 ");
    assertThat(checkout.commands()).singleElement().asString().endsWith(" -Dcluster.seconds=1");

    checkout.mavenThat("sleep 2; exit 3");
    assertThat(checkout.launch("cluster-test", "-Dcluster.seconds=1").exitCode()).isEqualTo(3);
    assertThat(checkout.launch("cluster-test").text()).doesNotContain("longer than");
  }

  @Test
  void listsLicencesOfWhatIsCollected() throws Exception {
    assertThat(checkout.launch("sbom").text()).endsWith("target/sbom/licences.md\n");
    assertThat(checkout.commands()).hasSize(2);
    assertThat(checkout.commands().getFirst())
        .contains(":makeAggregateBom ", " -DoutputDirectory=" + path("target/sbom") + " ");
    assertThat(checkout.commands().getLast())
        .isEqualTo(
            "java [%s] [%s] [%s]"
                .formatted(
                    path("app/sbom/Licences.java"),
                    path("target/sbom/bom.xml"),
                    path("target/sbom/licences.md")));

    checkout.javaThat("exit 1");
    assertThat(checkout.launch("sbom").exitCode()).as("one may not be shipped").isEqualTo(1);
  }
}
