package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./wishbone sbom` makes of a bill of materials: a list by licence, and a failure when one
/// is not among those that go together with Apache-2.0.
class LicencesTest {

  @TempDir private Path directory = Path.of("");

  record Finished(int exitCode, String text, String page) {}

  private static String component(String name, String... licences) {
    var text = new StringBuilder("<component type=\"library\"><group>org.example</group><name>");
    text.append(name).append("</name><version>1.0</version><licenses>");
    for (String licence : licences) {
      text.append("<license>").append(licence).append("</license>");
    }
    return text.append("</licenses></component>").toString();
  }

  private Finished run(String... components) throws IOException, InterruptedException {
    Path bom = directory.resolve("bom.xml");
    Files.writeString(
        bom,
        "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><metadata/><components>"
            + String.join("", components)
            + "</components></bom>");
    return run(bom, directory.resolve("licences.md"));
  }

  static Finished run(Path bom, Path page) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ServerProgram.root().resolve("app/sbom/Licences.java").toString(),
                bom.toString(),
                page.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    return new Finished(exitCode, text, Files.exists(page) ? Files.readString(page) : "");
  }

  @Test
  void areListedWhereAllMayBeShipped() throws IOException, InterruptedException {
    Finished run =
        run(
            component("one", "<id>Apache-2.0</id>"),
            component("two", "<id>MIT</id>"),
            component("either", "<id>GPL-2.0-only</id>", "<id>EPL-2.0</id>"),
            component("named", "<name>Bouncy Castle Licence</name>"));
    assertThat(run.text()).isEqualTo("4 components, 0 of them with a licence to look at\n");
    assertThat(run.exitCode()).isZero();
    assertThat(run.page())
        .contains("## Apache-2.0\n\n- org.example:one 1.0\n")
        .contains("## EPL-2.0 or GPL-2.0-only\n\n- org.example:either 1.0\n");
  }

  @Test
  void failWhereOneMayNot() throws IOException, InterruptedException {
    Finished run =
        run(
            component("one", "<id>Apache-2.0</id>"),
            component("viral", "<id>AGPL-3.0-only</id>"),
            component("silent"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.text())
        .startsWith("3 components, 2 of them with a licence to look at\n")
        .contains("  org.example:viral 1.0: AGPL-3.0-only\n", "  org.example:silent 1.0: \n");
    assertThat(run.page()).contains("## not said\n\n- org.example:silent 1.0\n");
  }

  @Test
  void failWhereNothingIsShipped() throws IOException, InterruptedException {
    assertThat(run().exitCode()).isEqualTo(1);
  }
}
