package io.wishbone.app.program;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the tables against the rooms that read the settings, the help texts and the document.
class SettingTest {

  private static final Map<Program, List<Class<?>>> ROOMS =
      Map.of(
          Program.STANDALONE, List.of(SignalingConfig.class, NodeConfig.class),
          Program.SIGNALING, List.of(SignalingConfig.class),
          Program.MEDIA, List.of(NodeConfig.class));

  /// What a program does not read because it is alone, or because of what else it is.
  private static final Map<Program, Set<String>> UNREAD =
      Map.of(
          Program.STANDALONE,
              Set.of(
                  "wishbone.node-id",
                  "wishbone.region",
                  "wishbone.zone",
                  "wishbone.placement",
                  "wishbone.client-region.header",
                  "wishbone.client-region.geoip-file",
                  "wishbone.client-region.geoip-regions",
                  "wishbone.relay.max-edges",
                  "wishbone.relay.between-regions",
                  "wishbone.relays-per-stream",
                  "wishbone.relays-per-worker",
                  "wishbone.drain.delay"),
          Program.SIGNALING, Set.of(),
          Program.MEDIA, Set.of("wishbone.auth"));

  private static final Path DOCUMENT = Path.of("../../docs/configuration.md");

  static List<Setting> all() {
    return Program.settingsOfAll();
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasADefaultThatItTakes(Setting setting) {
    if (setting.byDefault() != null) {
      assertThat(setting.kind().accepts(setting.byDefault())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isInTheHelpText(Program program) {
    String text = HelpText.of(program);
    for (Setting setting : program.settings()) {
      assertThat(text).contains(setting.variable());
      if (setting.isOption()) {
        assertThat(text).contains("  " + setting.option() + " ");
      }
      if (setting.byDefault() != null) {
        assertThat(text.replaceAll("\\s+", " "))
            .contains("Default: " + setting.byDefault() + ". [" + setting.variable() + "]");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fitsIntoATerminal(Program program) {
    assertThat(HelpText.of(program).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
  }

  @ParameterizedTest
  @EnumSource
  void isThereForEverythingThatTheRoomsRead(Program program) {
    Set<String> read = new TreeSet<>();
    for (Class<?> room : ROOMS.get(program)) {
      for (String key : ConfigMappings.getProperties(ConfigClass.configClass(room)).keySet()) {
        read.add(key.replace("[*]", ""));
      }
    }
    read.removeAll(UNREAD.get(program));
    read.removeIf(key -> key.startsWith("wishbone.redirect.regions."));
    assertThat(program.settings().stream().map(Setting::key)).containsAll(read);
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasTheDefaultOfTheRoomThatReadsIt(Setting setting) {
    var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().addPropertiesSources();
    ROOMS.get(Program.STANDALONE).forEach(builder::withMapping);
    SmallRyeConfig config = builder.build();
    ConfigValue room = config.getConfigValue(setting.key());
    if (room.getValue() != null) {
      assertThat(room.getValue()).isEqualTo(setting.byDefault());
    }
  }

  @Test
  void isInTheDocument() throws IOException {
    var rows = new ArrayList<String>();
    for (Setting setting : all()) {
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
            setting.meaning(),
            programs(setting))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String programs(Setting setting) {
    return Stream.of(Program.values())
        .filter(program -> program.settings().contains(setting))
        .map(Program::command)
        .collect(Collectors.joining(", "));
  }
}
