package io.wishbone.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// The arrows and walls of docs/house.md.
@AnalyzeClasses(packages = "io.wishbone", importOptions = HousePlanTest.WithoutTests.class)
class HousePlanTest {
  /// Test classes are in folders in one build, and in a test-jar in another.
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  private static final String[] WITHOUT_IO = {
    "io.wishbone.webrtc..",
    "io.wishbone.node.worker..",
    "io.wishbone.node.relay..",
    "io.wishbone.node.negotiation..",
    "io.wishbone.node.session..",
    "io.wishbone.node.stream..",
    "io.wishbone.node.forward..",
    "io.wishbone.node.allocation..",
    "io.wishbone.node.doctor.."
  };

  private static final List<String> ROOMS =
      List.of(
          "webrtc",
          "control",
          "store",
          "signaling",
          "node",
          "client",
          "bench",
          "app.program",
          "app.member",
          "app.standalone",
          "app.signaling",
          "app.media",
          "app.cluster");

  @ArchTest
  static void everyRoomHasClasses(JavaClasses all) {
    for (String room : ROOMS) {
      assertThat(all.stream().filter(type -> isIn(room, type))).as(room).isNotEmpty();
    }
  }

  @ArchTest static final ArchRule webrtcUsesNothingOfOurs = mayUse("webrtc", "webrtc");

  @ArchTest static final ArchRule mediaControlUsesNothingOfOurs = mayUse("control", "control");

  @ArchTest
  static final ArchRule sessionStoreUsesMediaControl = mayUse("store", "store", "control");

  @ArchTest
  static final ArchRule signalingUsesControlStoreAndSdp =
      mayUse("signaling", "signaling", "control", "store", "webrtc.sdp", "webrtc.uri");

  @ArchTest
  static final ArchRule mediaNodeUsesControlAndWebrtc = mayUse("node", "node", "control", "webrtc");

  @ArchTest static final ArchRule clientUsesWebrtc = mayUse("client", "client", "webrtc");

  @ArchTest
  static final ArchRule programsShareACommandLine =
      mayUse("app.program", "app.program", "webrtc.uri");

  @ArchTest
  static final ArchRule membersOfAClusterShareTheCarrier =
      mayUse("app.member", "app.member", "control");

  @ArchTest
  static final ArchRule aSignallingPodKnowsNoMedia =
      mayUse(
          "app.signaling",
          "app.signaling",
          "app.program",
          "app.member",
          "signaling",
          "store",
          "control");

  @ArchTest
  static final ArchRule aMediaNodeKnowsNoStore =
      mayUse("app.media", "app.media", "app.program", "app.member", "node", "control");

  @ArchTest
  static final ArchRule aClusterIsStartedFromOutside = mayUse("app.cluster", "app.cluster");

  @ArchTest
  static final ArchRule benchMeasuresNodeWebrtcAndClient =
      mayUse("bench", "bench", "node", "control", "webrtc", "client");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.wishbone.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule bouncyCastleStaysInDtls =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.wishbone.webrtc.dtls..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  /// In HTTP, too, where a connection is kept open whose request waits, and in the swarm, which
  /// receives bursts.
  @ArchTest
  static final ArchRule nettyStaysInIo =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.wishbone.node.io..", "io.wishbone.signaling.http..", "io.wishbone.client.load..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule vertxStaysInIo =
      noClasses()
          .that()
          .resideInAPackage("io.wishbone.node..")
          .and()
          .resideOutsideOfPackage("io.wishbone.node.io..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule quarkusStaysAtTheNodesRoot =
      noClasses()
          .that()
          .resideInAPackage("io.wishbone.node.*..")
          .and()
          .resideOutsideOfPackages(
              "io.wishbone.node.io..", "io.wishbone.node.metrics..", "io.wishbone.node.tracing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..");

  /// What records is known to two packages; what is recorded, to none.
  @ArchTest
  static final ArchRule tracingIsTheOnlyRoomThatKnowsOfOpenTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.wishbone.node.tracing..", "io.wishbone.signaling.tracing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  /// `node -> {control, metrics, tracing} -> io -> worker -> relay -> session -> {negotiation,
  /// stream} -> forward`.
  @ArchTest
  static final ArchRule theNodeIsBuiltInLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.wishbone.node..")
          .layer("node")
          .definedBy("io.wishbone.node")
          .optionalLayer("metrics")
          .definedBy("io.wishbone.node.metrics..")
          .layer("tracing")
          .definedBy("io.wishbone.node.tracing..")
          .layer("control")
          .definedBy("io.wishbone.node.control..")
          .layer("io")
          .definedBy("io.wishbone.node.io..")
          .layer("worker")
          .definedBy("io.wishbone.node.worker..")
          .layer("relay")
          .definedBy("io.wishbone.node.relay..")
          .layer("session")
          .definedBy("io.wishbone.node.session..")
          .layer("negotiation")
          .definedBy("io.wishbone.node.negotiation..")
          .layer("stream")
          .definedBy("io.wishbone.node.stream..")
          .layer("forward")
          .definedBy("io.wishbone.node.forward..")
          .whereLayer("node")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("tracing")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("node", "metrics")
          .whereLayer("io")
          .mayOnlyBeAccessedByLayers("node", "control", "metrics", "tracing")
          .whereLayer("worker")
          .mayOnlyBeAccessedByLayers("node", "control", "metrics", "tracing", "io")
          .whereLayer("relay")
          .mayOnlyBeAccessedByLayers("worker")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("node", "worker", "relay")
          .whereLayer("stream")
          .mayOnlyBeAccessedByLayers("worker", "relay", "session")
          .whereLayer("forward")
          .mayOnlyBeAccessedByLayers("worker", "relay", "session", "stream");

  @ArchTest
  static final ArchRule nativeCodeIsCalledFromOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.wishbone.webrtc.srtp.backend..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");

  @ArchTest
  static final ArchRule onlyControlSpeaksToSignalling =
      noClasses()
          .that()
          .resideInAnyPackage(WITHOUT_IO)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.wishbone.control..");

  @ArchTest
  static final ArchRule theCoreStartsNoThreads =
      noClasses()
          .that()
          .resideInAnyPackage(WITHOUT_IO)
          .and()
          .resideOutsideOfPackage("io.wishbone.webrtc.dtls..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread");

  @ArchTest
  static final ArchRule theCoreReadsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(WITHOUT_IO)
          .and()
          .resideOutsideOfPackage("io.wishbone.webrtc.dtls..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.time\\.(Clock|LocalDateTime|ZonedDateTime|OffsetDateTime)");

  @ArchTest
  static final ArchRule theCoreOpensNoSocket =
      noClasses()
          .that()
          .resideInAnyPackage(WITHOUT_IO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.channels..", "java.io.File..", "java.nio.file..");

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameStartingWith("Abstract")
          .orShould()
          .resideInAnyPackage("..util..", "..common..", "..helper..");

  private static ArchRule mayUse(String room, String... rooms) {
    return noClasses()
        .that(DescribedPredicate.describe("are in " + room, type -> isIn(room, type)))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are ours, but not in " + String.join(" or ", rooms),
                used ->
                    used.getPackageName().startsWith("io.wishbone")
                        && Arrays.stream(rooms).noneMatch(allowed -> isIn(allowed, used))));
  }

  private static boolean isIn(String room, JavaClass type) {
    return (type.getPackageName() + ".").startsWith("io.wishbone." + room + ".");
  }
}
