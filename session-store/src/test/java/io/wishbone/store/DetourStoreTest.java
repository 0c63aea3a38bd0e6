package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.StreamName;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class DetourStoreTest {

  private static final StreamName STREAM = new StreamName("live");
  private static final URI FIRST = URI.create("https://one.example.com");
  private static final URI SECOND = URI.create("https://two.example.com");

  private final Caches caches;
  private final DetourStore store;

  public DetourStoreTest() {
    caches = emptyCaches();
    store = new DetourStore(caches.detours());
  }

  /// Embedded ones, which are closed after the test; others that somebody else closes.
  protected Caches emptyCaches() {
    return new EmbeddedCaches();
  }

  @AfterEach
  void stop() {
    if (caches instanceof EmbeddedCaches own) {
      own.close();
    }
  }

  @Test
  void knowsWhereThePublisherWasSentLast() {
    assertThat(store.find(STREAM)).isNull();
    store.add(STREAM, FIRST);
    store.add(STREAM, SECOND);
    assertThat(store.find(STREAM)).isEqualTo(SECOND);
    assertThat(store.find(new StreamName("other"))).isNull();
  }

  @Test
  void forgetsADetourWhenThePublisherIsHereAgain() {
    store.add(STREAM, FIRST);
    store.remove(STREAM);
    store.remove(STREAM);
    assertThat(store.find(STREAM)).isNull();
  }
}
