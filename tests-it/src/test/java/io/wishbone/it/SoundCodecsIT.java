package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sound between browsers in what they can send besides plain Opus. That it is heard is told from
/// the energy of what is decoded.
class SoundCodecsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with();

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  private Page with(String function, String stream, String... codecs) {
    Page page = chromium.console(server).page();
    ClassPathModules.serve(page, "sound-pages");
    page.evaluate(
        """
        async ([name, ...wish]) => {
          globalThis.sound = await import('/sound-pages/sound.js');
          globalThis.client = await globalThis.sound[name](...wish);
        }
        """,
        List.of(function, stream, List.of(codecs)));
    return page;
  }

  private static Map<?, ?> sound(Page page) {
    return (Map<?, ?>) page.evaluate("() => globalThis.sound.soundOf(globalThis.client)");
  }

  private static void awaitHeard(Page viewer, String codec) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> sound(viewer),
            heard ->
                codec.equals(heard.get("codec"))
                    && ((Number) heard.get("energy")).doubleValue() > 0.01);
  }

  private static void awaitSent(Page publisher, String codec) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> sound(publisher),
            sent ->
                codec.equals(sent.get("codec")) && ((Number) sent.get("packets")).intValue() > 50);
  }

  private static double bytesAPacket(Page page) {
    Map<?, ?> sound = sound(page);
    return ((Number) sound.get("bytes")).doubleValue()
        / ((Number) sound.get("packets")).doubleValue();
  }

  /// RFC 2198: who takes it gets each piece of sound twice, who does not gets what it carries.
  @Test
  void redundantOpusIsHeardByWhoTakesItAndByWhoDoesNot() {
    Page publisher = with("publishSound", "redundant", "audio/red", "audio/opus");
    awaitSent(publisher, "audio/opus");
    Page taking = with("playSound", "redundant", "audio/red", "audio/opus");
    Page plain = with("playSound", "redundant", "audio/opus");
    awaitHeard(taking, "audio/opus");
    awaitHeard(plain, "audio/opus");
    System.out.printf(
        "bytes a packet: %.0f sent, %.0f to who takes copies, %.0f to who does not%n",
        bytesAPacket(publisher), bytesAPacket(taking), bytesAPacket(plain));
    assertThat(bytesAPacket(taking)).isGreaterThan(1.5 * bytesAPacket(plain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/PCMU", "audio/PCMA"})
  void telephoneSoundIsHeard(String codec) {
    Page publisher = with("publishSound", "telephone-" + codec.substring(6), codec);
    awaitSent(publisher, codec);
    awaitHeard(with("playSound", "telephone-" + codec.substring(6), codec), codec);
  }
}
