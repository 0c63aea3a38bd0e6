package io.wishbone.app.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wishbone.node.NodeConfig;
import io.wishbone.signaling.SignalingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Holds the table against the rooms that read the settings, the help text and the document.
class SettingTest {

  private static final List<Class<?>> ROOMS = List.of(SignalingConfig.class, NodeConfig.class);

  /// What only nodes of a cluster have.
  private static final Set<String> OF_A_CLUSTER =
      Set.of(
          "wishbone.node-id",
          "wishbone.region",
          "wishbone.zone",
          "wishbone.relays-per-stream",
          "wishbone.relays-per-worker");

  private static final Path DOCUMENT = Path.of("../../docs/configuration.md");

  @ParameterizedTest
  @EnumSource(Setting.class)
  void hasADefaultThatItTakes(Setting setting) {
    if (setting.byDefault() != null) {
      assertThat(setting.kind().accepts(setting.byDefault())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void isInTheHelpText(Setting setting) {
    assertThat(HelpText.text()).contains(setting.variable());
    if (setting.isOption()) {
      assertThat(HelpText.text()).contains("  " + setting.option() + " ");
    }
    if (setting.byDefault() != null) {
      assertThat(HelpText.text().replaceAll("\\s+", " "))
          .contains("Default: " + setting.byDefault() + ". [" + setting.variable() + "]");
    }
  }

  @Test
  void fitsIntoATerminal() {
    assertThat(HelpText.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
  }

  @Test
  void isThereForEverythingThatTheRoomsRead() {
    Set<String> read = new TreeSet<>();
    for (Class<?> room : ROOMS) {
      for (String key : ConfigMappings.getProperties(ConfigClass.configClass(room)).keySet()) {
        read.add(key.replace("[*]", ""));
      }
    }
    read.removeAll(OF_A_CLUSTER);
    assertThat(Stream.of(Setting.values()).map(Setting::key)).containsAll(read);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void hasTheDefaultOfTheRoomThatReadsIt(Setting setting) {
    var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().addPropertiesSources();
    ROOMS.forEach(builder::withMapping);
    SmallRyeConfig config = builder.build();
    ConfigValue room = config.getConfigValue(setting.key());
    if (room.getValue() != null
        && !room.getConfigSourceName().endsWith("application.properties]")) {
      assertThat(room.getValue()).isEqualTo(setting.byDefault());
    }
  }

  @Test
  void isInTheDocument() throws IOException {
    var rows = new ArrayList<String>();
    for (Setting setting : Setting.values()) {
      rows.add(row(setting));
    }
    assertThat(
            Files.readAllLines(DOCUMENT).stream().filter(line -> line.matches("\\|.*`WISHBONE_.*")))
        .describedAs("the table of docs/configuration.md has to be:\n" + String.join("\n", rows))
        .containsExactlyElementsOf(rows);
  }

  private static String row(Setting setting) {
    return Stream.of(
            setting.isOption() ? "`" + setting.option() + "`" : "",
            "`" + setting.variable() + "`",
            "`" + setting.key() + "`",
            setting.byDefault() == null ? "" : "`" + setting.byDefault() + "`",
            setting.kind().allowed(),
            setting.meaning())
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
