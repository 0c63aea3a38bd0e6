package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.webrtc.srtp.SrtpProfile;
import java.util.List;
import java.util.Set;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.UseSRTPData;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final byte[] NO_MKI = {};

  private final Agreement agreement =
      new Agreement(
          Set.of(SimulatedHandshake.SERVER.fingerprint()),
          List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80),
          true);

  @Test
  void offersItsProfilesInOrderAndNoMki() {
    assertThat(agreement.offer().getProtectionProfiles()).containsExactly(7, 1);
    assertThat(agreement.offer().getMki()).isEmpty();
  }

  @Test
  void acceptsOneProfileOfTheOffer() throws TlsFatalAlert {
    agreement.accept(new UseSRTPData(new int[] {1}, NO_MKI));

    assertThat(agreement.refusal()).isNull();
  }

  @Test
  void refusesAServerThatDoesNotAnswerUseSrtp() {
    refused(null);
  }

  @Test
  void refusesAProfileThatWasNotOffered() {
    refused(new UseSRTPData(new int[] {8}, NO_MKI));
  }

  @Test
  void refusesSeveralProfiles() {
    refused(new UseSRTPData(new int[] {7, 1}, NO_MKI));
  }

  @Test
  void refusesAnMki() {
    refused(new UseSRTPData(new int[] {7}, new byte[] {1}));
  }

  @Test
  void declinesTheMkiOfAClient() throws TlsFatalAlert {
    UseSRTPData selected = agreement.select(new UseSRTPData(new int[] {1, 7}, new byte[] {1, 2}));

    assertThat(selected.getProtectionProfiles()).containsExactly(7);
    assertThat(selected.getMki()).isEmpty();
  }

  @Test
  void refusesAPeerWithoutACertificate() {
    assertThatThrownBy(() -> agreement.verify(Certificate.EMPTY_CHAIN))
        .isInstanceOf(TlsFatalAlert.class);

    assertThat(agreement.refusal().reason()).isEqualTo(DtlsFailure.NO_CERTIFICATE);
  }

  @Test
  void exportsNoKeysBeforeThePeerIsVerified() throws TlsFatalAlert {
    agreement.accept(new UseSRTPData(new int[] {7}, NO_MKI));

    assertThatThrownBy(() -> agreement.exportKeys(null)).isInstanceOf(TlsFatalAlert.class);
    assertThat(agreement.keys()).isNull();
  }

  private void refused(UseSRTPData answer) {
    assertThatThrownBy(() -> agreement.accept(answer)).isInstanceOf(TlsFatalAlert.class);

    assertThat(agreement.refusal().reason()).isEqualTo(DtlsFailure.NO_SRTP_PROFILE);
  }
}
