package io.wishbone.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/sdp",
        "Application/SDP",
        "application/sdp; charset=utf-8",
        "application/sdp;charset=UTF-8",
        " application/sdp "
      })
  void looksAtTheTypeOnly(String contentType) {
    assertThat(ContentTypes.matches(contentType, ContentTypes.SDP)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "text/plain", "application/sdpx", "application/json; x=application/sdp"})
  void refusesOtherTypes(String contentType) {
    assertThat(ContentTypes.matches(contentType, ContentTypes.SDP)).isFalse();
  }
}
