package io.wishbone.signaling.region;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which places on earth belong to which region: `continent/EU=eu`, `country/US=us-east`,
/// `subdivision/US-CA=us-west` (ISO 3166). The narrowest that fits counts.
record RegionRules(Map<String, String> regions) {

  private static final Pattern FORM =
      Pattern.compile(
          "(continent/[A-Z]{2}|country/[A-Z]{2}|subdivision/[A-Z]{2}-[A-Z0-9]{1,3})=(.+)");

  RegionRules {
    regions = Map.copyOf(regions);
  }

  /// @throws IllegalArgumentException when one of them is none
  static RegionRules parse(List<String> texts) {
    Map<String, String> regions = new HashMap<>();
    for (String text : texts) {
      Matcher matcher = FORM.matcher(text.strip());
      if (!matcher.matches() || !RegionName.isValid(matcher.group(2))) {
        throw new IllegalArgumentException(
            "wishbone.client-region.geoip-regions has something like country/US=us-east, not "
                + text);
      }
      regions.put(matcher.group(1), matcher.group(2));
    }
    return new RegionRules(regions);
  }

  /// The region of a place, null when no rule says so.
  @Nullable String region(GeoPlace place) {
    String found =
        place.country() == null || place.subdivision() == null
            ? null
            : regions.get("subdivision/" + place.country() + "-" + place.subdivision());
    if (found == null && place.country() != null) {
      found = regions.get("country/" + place.country());
    }
    return found == null && place.continent() != null
        ? regions.get("continent/" + place.continent())
        : found;
  }
}
