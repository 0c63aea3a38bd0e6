package io.wishbone.webrtc.dtls;

import io.wishbone.webrtc.sdp.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/// The hash functions that a certificate fingerprint may be made with, RFC 8122 section 5.
///
/// MD5 and MD2 are in that list too, and are left out.
enum CertificateHash {
  SHA_256("sha-256", "SHA-256"),
  SHA_384("sha-384", "SHA-384"),
  SHA_512("sha-512", "SHA-512"),
  SHA_1("sha-1", "SHA-1");

  private final String sdpName;
  private final String digestName;

  CertificateHash(String sdpName, String digestName) {
    this.sdpName = sdpName;
    this.digestName = digestName;
  }

  Fingerprint fingerprint(byte[] certificate) {
    try {
      byte[] digest = MessageDigest.getInstance(digestName).digest(certificate);
      return Fingerprint.of(sdpName, digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(digestName + " is in every Java platform", e);
    }
  }

  /// Whether the certificate has at least one of these fingerprints.
  static boolean matchesAny(Set<Fingerprint> fingerprints, byte[] certificate) {
    for (CertificateHash hash : values()) {
      if (fingerprints.contains(hash.fingerprint(certificate))) {
        return true;
      }
    }
    return false;
  }
}
