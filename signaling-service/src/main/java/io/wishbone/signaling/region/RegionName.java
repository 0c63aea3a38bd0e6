package io.wishbone.signaling.region;

import java.util.regex.Pattern;

/// What a region may be called.
final class RegionName {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private RegionName() {}

  static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }
}
