package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class RevocationStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");

  private final Caches caches;
  protected final RevocationStore store;

  public RevocationStoreTest() {
    caches = emptyCaches();
    store = new RevocationStore(caches.revocations());
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

  private static RevocationRecord revocation(RevocationKind kind, String value, Duration time) {
    return new RevocationRecord(kind, value, NOW, NOW.plus(time));
  }

  @Test
  void knowsWhatIsRevokedByWhatItIs() {
    var alice = revocation(RevocationKind.SUBJECT, "alice", Duration.ofMinutes(1));
    var stream = revocation(RevocationKind.STREAM, "alice", Duration.ofMinutes(1));
    store.put(alice);
    store.put(stream);

    assertThat(store.find(RevocationKind.SUBJECT, "alice")).isEqualTo(alice);
    assertThat(store.find(RevocationKind.STREAM, "alice")).isEqualTo(stream);
    assertThat(store.find(RevocationKind.KEY, "alice")).isNull();
    assertThat(store.find(alice.id())).isEqualTo(alice);
    assertThat(store.all()).containsExactlyInAnyOrder(alice, stream);
  }

  @Test
  void putsOneInThePlaceOfAnotherOfTheSame() {
    store.put(revocation(RevocationKind.KEY, "camera", Duration.ofMinutes(1)));
    var longer = revocation(RevocationKind.KEY, "camera", Duration.ofHours(1));
    store.put(longer);
    assertThat(store.all()).containsExactly(longer);
  }

  @Test
  void givesAccessBackOnce() {
    var alice = revocation(RevocationKind.SUBJECT, "alice", Duration.ofMinutes(1));
    store.put(alice);
    assertThat(store.remove(alice.id())).isTrue();
    assertThat(store.remove(alice.id())).isFalse();
    assertThat(store.find(RevocationKind.SUBJECT, "alice")).isNull();
  }

  @Test
  void forgetsOneWhoseTimeIsOver() {
    store.put(revocation(RevocationKind.SUBJECT, "alice", Duration.ofMillis(50)));
    await().until(() -> store.find(RevocationKind.SUBJECT, "alice") == null);
    assertThat(store.all()).isEmpty();
  }
}
