package io.wishbone.signaling.region;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a database says of an address. Databases of countries have no subdivisions.
///
/// @param continent two letters
/// @param country ISO 3166-1, two letters
/// @param subdivision ISO 3166-2 without the country, of the largest one
record GeoPlace(
    @Nullable String continent, @Nullable String country, @Nullable String subdivision) {

  /// @param entry as the database has it: maps, lists and strings
  static GeoPlace of(Map<?, ?> entry) {
    String country = text(entry.get("country"), "iso_code");
    return new GeoPlace(
        text(entry.get("continent"), "code"),
        country == null ? text(entry.get("registered_country"), "iso_code") : country,
        entry.get("subdivisions") instanceof List<?> all && !all.isEmpty()
            ? text(all.getFirst(), "iso_code")
            : null);
  }

  private static @Nullable String text(@Nullable Object map, String key) {
    return map instanceof Map<?, ?> all && all.get(key) instanceof String text ? text : null;
  }
}
