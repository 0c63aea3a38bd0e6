package io.wishbone.it.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every lesson names tests that are there, or says that there are none, and docs/reliability.md
/// says the same.
///
/// When lessons or figures change: run, look at `target/reliability.md`, copy it to `docs`.
class ReliabilityPageTest {
  private static final Path ROOT = ServerProgram.root();
  private static final Path FRESH = Path.of("target", "reliability.md");

  private final List<Lesson> lessons = Lesson.all();
  private final List<Figure> figures = Figure.all();

  @Test
  void thePageIsFresh() throws IOException {
    String page = ReliabilityPage.of(lessons, figures);
    Files.createDirectories(FRESH.getParent());
    Files.writeString(FRESH, page);
    assertThat(ROOT.resolve("docs/reliability.md")).hasContent(page);
  }

  @Test
  void everyLessonIsShownOrSaysThatItIsNot() {
    assertThat(lessons).hasSize(16).extracting(Lesson::area).doesNotHaveDuplicates();
    for (Lesson lesson : lessons) {
      assertThat(lesson.tests().isEmpty() && lesson.missing().isEmpty())
          .as(lesson.area())
          .isFalse();
      assertThat(lesson.rule()).endsWith(".");
    }
  }

  @Test
  void theTestsAreThere() throws IOException {
    for (Lesson lesson : lessons) {
      for (String test : lesson.tests()) {
        String[] parts = test.split("#");
        assertThat(parts).as(test).hasSize(2);
        assertThat(source(parts[0].replace('.', '/') + ".java"))
            .as(lesson.area() + ": " + test)
            .containsPattern("@(Test|ParameterizedTest|Property|FuzzTest|ArchTest)\\b")
            .contains("void " + parts[1] + "(");
      }
    }
  }

  @Test
  void figuresAreMeasuredByWhatIsThere() {
    assertThat(figures).extracting(Figure::id).doesNotHaveDuplicates();
    for (Figure figure : figures) {
      assertThat(figure.measured().isEmpty()).as(figure.id()).isEqualTo(figure.how().isEmpty());
    }
  }

  /// The text of a test class, whatever room it is in; empty when there is none.
  private static String source(String path) throws IOException {
    try (Stream<Path> rooms = Files.list(ROOT)) {
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
