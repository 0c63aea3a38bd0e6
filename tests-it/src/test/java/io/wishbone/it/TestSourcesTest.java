package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TestSourcesTest {
  private static final String SOURCE =
      """
      class ExampleTest {

        private void helps() {}

        /// Says more.
        @ParameterizedTest
        @CsvSource({
          "a, b",
        })
        void takesParameters(String one, String other) {
          helps();
        }

        @Test
        void shows() {}

        private static void helpsToo() {}
      }
      """;

  @Test
  void findsTests() throws IOException {
    assertThat(TestSources.fault(SOURCE, "shows")).isEmpty();
    assertThat(TestSources.fault(SOURCE, "takesParameters")).isEmpty();
    assertThat(TestSources.fault("io.wishbone.it.reliability.ReliabilityPageTest#theTestsAreThere"))
        .isEmpty();
  }

  @Test
  void findsClassesInWhateverRoom() throws IOException {
    assertThat(TestSources.exists("TestSourcesTest")).isTrue();
    assertThat(TestSources.exists("HandledRecordsTest")).isTrue();
    assertThat(TestSources.exists("Test")).isFalse();
    assertThat(TestSources.exists("NowhereTest")).isFalse();
  }

  @Test
  void findsNoHelpers() throws IOException {
    for (String method : new String[] {"helps", "helpsToo", "is", "show"}) {
      assertThat(TestSources.fault(SOURCE, method)).isEqualTo("not a test");
    }
    assertThat(TestSources.fault("io.wishbone.it.Nowhere#shows")).isEqualTo("not a test");
    assertThat(TestSources.fault(TestSourcesTest.class.getName()))
        .isEqualTo("not a class and a method");
  }

  @Test
  void findsTestsThatDoNotRun() {
    for (String annotation : new String[] {"@Disabled", "@DisabledOnOs(OS.LINUX)"}) {
      String disabled = SOURCE.replace("  @Test", "  " + annotation + "\n  @Test");
      assertThat(TestSources.fault(disabled, "shows"))
          .isEqualTo("in a class with tests that do not run");
    }
  }
}
