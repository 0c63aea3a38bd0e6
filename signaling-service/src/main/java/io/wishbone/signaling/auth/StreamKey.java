package io.wishbone.signaling.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A stream key: what people put into the field of an encoder where a bearer token belongs. It
/// reads `id.secret`; the secret has 256 random bits.
///
/// What is kept of it is the SHA-256 of the whole text. That is enough where a slow and salted hash
/// would be needed for passwords: there is no list of likely secrets to try, for nobody has thought
/// them up, and the id in front is a salt. Secrets shorter than 128 bits are never accepted, so
/// that nobody thinks one up.
///
/// @param hash in hexadecimal
public record StreamKey(String id, String hash) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /// 22 characters of base64url hold 128 bits and a little more.
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{22,128}");

  private static final int SECRET_BYTES = 32;

  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// Whether this may be a key, right or wrong.
  static boolean isKey(String text) {
    int dot = text.indexOf('.');
    return dot >= 0
        && isId(text.substring(0, dot))
        && SECRET.matcher(text.substring(dot + 1)).matches();
  }

  /// A new key with this id. It is shown once, and never again.
  public static String generate(String id, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /// What is kept of a key.
  public static StreamKey of(String key) {
    return new StreamKey(key.substring(0, key.indexOf('.')), hash(key));
  }

  /// Whether this is the key. Takes the same time for every wrong one.
  boolean matches(String key) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII), hash(key).getBytes(StandardCharsets.US_ASCII));
  }

  private static String hash(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
