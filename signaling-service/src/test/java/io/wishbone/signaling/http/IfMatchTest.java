package io.wishbone.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

  private static final EntityTag CURRENT = new EntityTag("xyzzy");

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void isAbsentWithoutAValue(String value) {
    assertThat(IfMatch.parse(value)).isEqualTo(new IfMatch.Absent());
    assertThat(IfMatch.parse(value).matches(CURRENT)).isFalse();
  }

  @ParameterizedTest(name = "W29: {0}")
  @ValueSource(strings = {"*", "\"*\"", " * "})
  void takesBothFormsOfTheWildcard(String value) {
    assertThat(IfMatch.parse(value)).isEqualTo(new IfMatch.Any());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"xyzzy\"",
        "\"a\", \"xyzzy\"",
        "\"xyzzy\",\"b\"",
        "W/\"b\", \"xyzzy\"",
        ", \"xyzzy\"",
        "\"a,b\", \"xyzzy\""
      })
  void matchesAListThatHoldsTheCurrentTag(String value) {
    assertThat(IfMatch.parse(value).matches(CURRENT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"other\"",
        "W/\"xyzzy\"",
        "\"XYZZY\"",
        "xyzzy",
        "\"xyzzy",
        "\"",
        "W/",
        "\"xyzzy\" junk",
        "\"a\", *",
        "\"a\" \"xyzzy\"",
        "\"xyzzy\"\"a\"",
        "*, \"a\"",
        "\"\""
      })
  void matchesNothingElse(String value) {
    assertThat(IfMatch.parse(value).matches(CURRENT)).isFalse();
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(IfMatch.of(List.of("\"a\"", "\"xyzzy\""), "\"b\"").matches(CURRENT)).isTrue();
    assertThat(IfMatch.of(List.of("\"a\""), "\"xyzzy\"").matches(CURRENT)).isFalse();
    assertThat(IfMatch.of(List.of(), "\"xyzzy\"").matches(CURRENT)).isTrue();
    assertThat(IfMatch.of(List.of(), null)).isEqualTo(new IfMatch.Absent());
  }

  @Property
  void readsBackEveryTagThatItMayBeGiven(
      @ForAll @AlphaChars @NumericChars @Chars({'-', '_'}) String opaque) {
    var tag = new EntityTag(opaque);
    assertThat(IfMatch.parse(tag.toString()).matches(tag)).isTrue();
  }

  @Property
  void survivesAnyText(@ForAll String value) {
    assertThat(IfMatch.parse(value)).isNotNull();
  }

  @Test
  void tagsAreStrongAndDiffer() {
    var random = new java.security.SecureRandom();
    EntityTag tag = EntityTag.generate(random);
    assertThat(tag.toString()).matches("\"[A-Za-z0-9_-]{12}\"");
    assertThat(EntityTag.generate(random)).isNotEqualTo(tag);
  }
}
