package io.wishbone.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "too early to tell,        true,  3, true,  true,  false, false, -1, true,  0, true,  0,  0,    0,  OK",
    "no check,                 true,  5, true,  true,  false, false, -1, true,  0, true,  0,  0,    0,  NO_STUN",
    "both on one machine,      true,  5, false, false, false, false, -1, true,  0, true,  0,  0,    0,  NO_STUN",
    "addresses of this one,    true,  5, false, true,  false, false, -1, true,  0, true,  0,  0,    0,  WRONG_ADDRESS",
    "checks only,              true,  5, true,  true,  true, false, -1, true,  0, true,  0,  0,    0,  STUN_NO_DTLS",
    "another certificate,      true,  1, true,  true,  true,  true,  -1, true,  0, true,  0,  0,    0,  FINGERPRINT_MISMATCH",
    "nothing comes,            true,  9, true,  true,  true,  false,  8, true,  4, true,  0,  0,    0,  NO_MEDIA",
    "nothing came yet,         true,  9, true,  true,  true,  false,  2, true,  4, true,  0,  0,    0,  OK",
    "nothing is to come,       false, 9, true,  true,  true,  false,  8, false, 4, true, 20,  0,    0,  OK",
    "no keyframe,              true, 30, true,  true,  true,  false, 28, true,  0, true, 13,  0,    0,  NO_KEYFRAME",
    "sound alone,              true, 30, true,  true,  true,  false, 28, true,  0, false,13,  0,    0,  OK",
    "pictures out of order,    true, 30, true,  true,  true,  false, 28, true,  0, true,  1,  0.2,  10, B_FRAMES",
    "loss,                     true, 30, true,  true,  true,  false, 28, true,  0, true,  1,  0.06, 2,  LOSS",
    "a little loss,            false,30, true,  true,  true,  false, 28, true,  0, true,  1,  0.04, 0,  OK"
  })
  void namesTheFirstThingThatIsMissing(
      String name,
      boolean publishes,
      long age,
      boolean addressesOfOthers,
      boolean peerElsewhere,
      boolean checked,
      boolean fingerprintMismatch,
      long connected,
      boolean expectsMedia,
      long quiet,
      boolean hasPicture,
      long withoutKeyframe,
      double loss,
      long disordered,
      Verdict verdict) {
    var facts =
        new SessionFacts(
            publishes,
            age * SECOND,
            addressesOfOthers,
            peerElsewhere,
            checked,
            fingerprintMismatch,
            connected * SECOND,
            expectsMedia,
            quiet * SECOND,
            hasPicture,
            withoutKeyframe * SECOND,
            loss,
            disordered);

    assertThat(Doctor.examine(facts)).isEqualTo(verdict);
  }
}
