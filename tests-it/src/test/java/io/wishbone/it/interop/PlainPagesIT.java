package io.wishbone.it.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.it.Chromium;
import io.wishbone.it.RunningServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Programs of one page, in the style of tutorials, from another origin than the server's: a simple
/// publisher, one that trickles, a viewer. With and without tokens.
class PlainPagesIT {
  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final PageServer pages = new PageServer();
  @RegisterExtension static final RunningServer open = RunningServer.with();

  @RegisterExtension
  static final RunningServer guarded = RunningServer.with(Tokens.ENVIRONMENT, Tokens.OPTIONS);

  /// Which of the servers.
  enum Door {
    OPEN,
    GUARDED;

    RunningServer server() {
      return switch (this) {
        case OPEN -> open;
        case GUARDED -> guarded;
      };
    }

    @Nullable String token(String stream) {
      return switch (this) {
        case OPEN -> null;
        case GUARDED -> Tokens.forStream(stream);
      };
    }
  }

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @ParameterizedTest
  @EnumSource
  void watchesWhatTheSimplePublisherSends(Door door) {
    ProgramPage publisher = start("simple-publisher", door, "simple");
    ProgramPage viewer = start("trickling-viewer", door, "simple");

    viewer.awaitMedia();

    publisher.stopsWell();
    viewer.stopsWell();
    assertThat(publisher.complaints()).isEmpty();
    assertThat(viewer.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void watchesWhatTheTricklingPublisherSends(Door door) {
    ProgramPage publisher = start("trickling-publisher", door, "trickled");
    ProgramPage viewer = start("trickling-viewer", door, "trickled");

    viewer.awaitMedia();

    assertTrickles(publisher);
    assertTrickles(viewer);
    publisher.stopsWell();
    viewer.stopsWell();
    assertThat(publisher.exchanges("DELETE")).noneMatch(Exchange::authorized);
    assertThat(publisher.complaints()).isEmpty();
    assertThat(viewer.complaints()).isEmpty();
  }

  private static ProgramPage start(String program, Door door, String stream) {
    var endpoint =
        program.endsWith("viewer") ? door.server().whep(stream) : door.server().whip(stream);
    return ProgramPage.in(chromium.open(pages.page())).start(program, endpoint, door.token(stream));
  }

  /// Its tag stays the one of the 201, and the last fragment comes without a token.
  private static void assertTrickles(ProgramPage page) {
    List<Exchange> posts = page.exchanges("POST");
    // Overlapping requests: they may be answered in any order.
    await().until(() -> page.exchanges("PATCH").stream().anyMatch(PlainPagesIT::isLast));
    List<Exchange> patches = page.exchanges("PATCH");
    assertThat(posts).extracting(Exchange::status).containsExactly(201);
    assertThat(patches).hasSizeGreaterThan(1).extracting(Exchange::status).containsOnly(204);
    assertThat(patches).extracting(Exchange::etag).containsOnlyNulls();
    assertThat(patches).extracting(Exchange::ifMatch).containsOnly(posts.getFirst().etag());
    assertThat(patches).extracting(Exchange::body).noneMatch(body -> body.contains("m="));
    assertThat(patches).filteredOn(PlainPagesIT::isLast).noneMatch(Exchange::authorized);
  }

  private static boolean isLast(Exchange patch) {
    return patch.body().contains("a=end-of-candidates");
  }
}
