package io.wishbone.webrtc.srtp;

import java.util.Arrays;

/// What a DTLS handshake agreed on: the profile, and the keys of both directions.
///
/// `local` protects what we send, `remote` is what the peer sends with.
public record SrtpKeyingMaterial(SrtpProfile profile, SrtpKeys local, SrtpKeys remote) {

  /// The label for the DTLS exporter, RFC 5764 section 4.2.
  public static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

  public SrtpKeyingMaterial {
    if (!local.fits(profile) || !remote.fits(profile)) {
      throw new IllegalArgumentException("key or salt length does not fit " + profile);
    }
  }

  /// Splits what the exporter gave, RFC 5764 section 4.2:
  ///
  /// ```text
  /// client_write_SRTP_master_key[key_len]
  /// server_write_SRTP_master_key[key_len]
  /// client_write_SRTP_master_salt[salt_len]
  /// server_write_SRTP_master_salt[salt_len]
  /// ```
  public static SrtpKeyingMaterial split(
      SrtpProfile profile, byte[] exported, boolean isDtlsClient) {
    if (exported.length != profile.keyingMaterialLength()) {
      throw new IllegalArgumentException(
          profile + " takes " + profile.keyingMaterialLength() + " bytes, not " + exported.length);
    }
    int salts = 2 * profile.keyLength();
    SrtpKeys client = keysAt(profile, exported, 0, salts);
    SrtpKeys server = keysAt(profile, exported, profile.keyLength(), salts + profile.saltLength());
    return isDtlsClient
        ? new SrtpKeyingMaterial(profile, client, server)
        : new SrtpKeyingMaterial(profile, server, client);
  }

  private static SrtpKeys keysAt(SrtpProfile profile, byte[] exported, int key, int salt) {
    return new SrtpKeys(
        Arrays.copyOfRange(exported, key, key + profile.keyLength()),
        Arrays.copyOfRange(exported, salt, salt + profile.saltLength()));
  }
}
