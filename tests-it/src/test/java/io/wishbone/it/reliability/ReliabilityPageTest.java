package io.wishbone.it.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.ServerProgram;
import io.wishbone.it.TestSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(TestSources.fault(test)).as(lesson.area() + ": " + test).isEmpty();
      }
    }
  }

  @Test
  void figuresAreMeasuredByWhatIsThere() throws IOException {
    assertThat(figures).hasSize(15).extracting(Figure::id).doesNotHaveDuplicates();
    for (Figure figure : figures) {
      assertThat(figure.isMeasured()).as(figure.id()).isEqualTo(!figure.how().isEmpty());
      for (String name : figure.classes()) {
        assertThat(TestSources.exists(name)).as(figure.id() + ": " + name).isTrue();
      }
      if (figure.isMeasured() && figure.classes().isEmpty()) {
        assertThat(figure.how()).as(figure.id()).contains("`./wishbone ");
      }
    }
  }

  @Test
  void everyFigureSaysHowFarItGot() {
    for (Figure figure : figures) {
      assertThat(figure.goal()).as(figure.id()).isNotEmpty();
      assertThat(figure.isMeasured()).as(figure.id()).isEqualTo(figure.runs() > 0);
      assertThat(figure.isMeasured()).as(figure.id()).isEqualTo(!figure.spread().isEmpty());
      if (figure.isMeasured()) {
        assertThat(figure.verdict()).as(figure.id()).matches("(met|missed|partly)\\b.*");
      } else {
        assertThat(figure.verdict()).as(figure.id()).isEmpty();
      }
    }
  }

  @Test
  void fewerThanThreeRunsSayHowManyTheyAre() {
    assertThat(reached(1, "met")).isEqualTo("met, of one run");
    assertThat(reached(2, "met, but for one")).isEqualTo("met, of 2 runs, but for one");
    assertThat(reached(3, "met")).isEqualTo("met");
    assertThat(reached(1, "missed")).isEqualTo("missed");
    assertThat(reached(1, "partly: met by fewer")).isEqualTo("partly: met by fewer");
  }

  private static String reached(int runs, String verdict) {
    return new Figure("R0", "what", "-", "goal", "measured", runs, "spread", verdict, "how")
        .reached();
  }
}
