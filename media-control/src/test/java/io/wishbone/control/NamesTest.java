package io.wishbone.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @Test
  void generatedSessionIdsAreValidAndDiffer() {
    var random = new SecureRandom();
    Set<SessionId> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(SessionId.generate(random));
    }
    assertThat(ids).hasSize(1_000).allSatisfy(id -> assertThat(id.value()).hasSize(24));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "studio-1", "a.b_c~d-e", "0"})
  void takesStreamNamesThatAreOneUnreservedPathSegment(String name) {
    assertThat(new StreamName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "-a", "a/b", "a;b", "a%2Fb", "a b", "a\n", "é", "a\r\nX: y"})
  void refusesOtherStreamNames(String name) {
    assertThatThrownBy(() -> new StreamName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsTheLengthOfStreamNames() {
    assertThat(StreamName.isValid("a".repeat(128))).isTrue();
    assertThat(StreamName.isValid("a".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "abcdefghijklmnopqrstu/", "abcdefghijklmnopqrstuv\n"})
  void refusesWhatIsNoSessionId(String text) {
    assertThatThrownBy(() -> new SessionId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAliasNamesASessionWithoutGivingItAway() {
    var id = new SessionId("abcdefghijklmnopqrstuv");
    assertThat(id.alias()).matches("[0-9a-f]{24}").isEqualTo(new SessionId(id.value()).alias());
    assertThat(new SessionId("abcdefghijklmnopqrstuw").alias()).isNotEqualTo(id.alias());
    assertThat(id.value()).doesNotContain(id.alias().substring(0, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "a b", "a:1"})
  void refusesWhatIsNoNodeId(String text) {
    assertThatThrownBy(() -> new NodeId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
