package io.wishbone.webrtc.srtp;

import java.security.MessageDigest;
import java.util.Arrays;

/// Master key and master salt of one direction. Never printed.
public record SrtpKeys(byte[] masterKey, byte[] masterSalt) {

  public SrtpKeys {
    masterKey = masterKey.clone();
    masterSalt = masterSalt.clone();
  }

  @Override
  public byte[] masterKey() {
    return masterKey.clone();
  }

  @Override
  public byte[] masterSalt() {
    return masterSalt.clone();
  }

  boolean fits(SrtpProfile profile) {
    return masterKey.length == profile.keyLength() && masterSalt.length == profile.saltLength();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SrtpKeys keys
        && MessageDigest.isEqual(masterKey, keys.masterKey)
        && MessageDigest.isEqual(masterSalt, keys.masterSalt);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(masterKey) + Arrays.hashCode(masterSalt);
  }

  @Override
  public String toString() {
    return "SrtpKeys[" + masterKey.length + " + " + masterSalt.length + " bytes]";
  }
}
