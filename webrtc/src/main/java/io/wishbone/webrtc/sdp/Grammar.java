package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of RFC 8866 section 9 and RFC 8839 section 5 that several attributes share. Each check
/// returns what it was given, or throws [InvalidValueException].
final class Grammar {
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`{|}~";
  private static final int QUOTED_LENGTH = 40;

  private Grammar() {}

  /// `token`: what names of attributes, protocols and media identifications are made of.
  static String token(String what, String value, int maximumLength) {
    checkLength(what, value, 1, maximumLength);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && TOKEN_PUNCTUATION.indexOf(c) < 0) {
        throw new InvalidValueException(what + " " + quoted(value) + " is not a token");
      }
    }
    return value;
  }

  /// One word of printable ASCII.
  static String word(String what, String value) {
    checkLength(what, value, 1, Limits.LINE_LENGTH);
    if (!isWord(value)) {
      throw new InvalidValueException(what + " " + quoted(value) + " is not printable ASCII");
    }
    return value;
  }

  static boolean isWord(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  /// `ice-char`: letters, digits, `+` and `/`.
  static String iceText(String what, String value, int minimumLength, int maximumLength) {
    checkLength(what, value, minimumLength, maximumLength);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && c != '+' && c != '/') {
        throw new InvalidValueException(what + " has a character that ICE does not allow");
      }
    }
    return value;
  }

  /// `byte-string`: anything that keeps to its line.
  static String text(String what, String value) {
    checkLength(what, value, 0, Limits.LINE_LENGTH);
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new InvalidValueException(what + " has a control character");
      }
    }
    return value;
  }

  static long number(String what, String digits, long minimum, long maximum) {
    long number = digits.isEmpty() || digits.length() > 18 ? -1 : 0;
    for (int i = 0; i < digits.length() && number >= 0; i++) {
      char c = digits.charAt(i);
      number = c >= '0' && c <= '9' ? 10 * number + (c - '0') : -1;
    }
    if (number < minimum || number > maximum) {
      throw new InvalidValueException(
          what + " " + quoted(digits) + " is not a number from " + minimum + " to " + maximum);
    }
    return number;
  }

  static int integer(String what, String digits, int minimum, int maximum) {
    return (int) number(what, digits, minimum, maximum);
  }

  static int payloadType(String digits) {
    return integer("payload type", digits, 0, 127);
  }

  static long ssrc(String digits) {
    return number("SSRC", digits, 0, 0xffff_ffffL);
  }

  static void inRange(String what, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      throw new InvalidValueException(
          what + " " + value + " is not between " + minimum + " and " + maximum);
    }
  }

  /// The words of a value that are set apart by one or more spaces.
  static List<String> words(String value) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < value.length()) {
      int end = value.indexOf(' ', start);
      if (end < 0) {
        end = value.length();
      }
      if (end > start) {
        words.add(value.substring(start, end));
      }
      start = end + 1;
    }
    return words;
  }

  /// The parts between separators; empty parts are kept.
  static List<String> parts(String value, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = value.indexOf(separator); end >= 0; end = value.indexOf(separator, start)) {
      parts.add(value.substring(start, end));
      start = end + 1;
    }
    parts.add(value.substring(start));
    return parts;
  }

  static String required(String attribute, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new InvalidValueException("a=" + attribute + " has no value");
    }
    return value;
  }

  /// The beginning of a stranger's text, fit to be shown in a message.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < Math.min(text.length(), QUOTED_LENGTH); i++) {
      char c = text.charAt(i);
      quoted.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return quoted.append(text.length() > QUOTED_LENGTH ? "…'" : "'").toString();
  }

  private static void checkLength(String what, String value, int minimum, int maximum) {
    if (value.length() < minimum) {
      throw new InvalidValueException(
          minimum == 1 ? what + " is empty" : what + " is shorter than " + minimum + " characters");
    }
    if (value.length() > maximum) {
      throw new InvalidValueException(what + " is longer than " + maximum + " characters");
    }
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
