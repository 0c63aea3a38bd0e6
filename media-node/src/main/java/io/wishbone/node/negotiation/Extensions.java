package io.wishbone.node.negotiation;

import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.ExtensionMap;
import io.wishbone.webrtc.sdp.MediaDescription;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The header extensions that mean something here.
public final class Extensions {
  /// Passed on from publisher to viewer as they are, under the viewer's id.
  public static final List<String> PASSED_ON =
      List.of(
          HeaderExtensionUris.AUDIO_LEVEL,
          HeaderExtensionUris.VIDEO_ORIENTATION,
          HeaderExtensionUris.PLAYOUT_DELAY,
          HeaderExtensionUris.VIDEO_CONTENT_TYPE,
          HeaderExtensionUris.COLOR_SPACE,
          HeaderExtensionUris.ABS_CAPTURE_TIME,
          HeaderExtensionUris.DEPENDENCY_DESCRIPTOR);

  static final Set<String> FROM_PUBLISHERS =
      union(
          HeaderExtensionUris.MID,
          HeaderExtensionUris.RID,
          HeaderExtensionUris.REPAIRED_RID,
          HeaderExtensionUris.ABS_SEND_TIME,
          HeaderExtensionUris.TRANSPORT_WIDE_CC);

  static final Set<String> TO_SUBSCRIBERS =
      union(HeaderExtensionUris.MID, HeaderExtensionUris.TRANSPORT_WIDE_CC);

  private static final int MIN_ID = 1;
  private static final int MAX_ID = 255;

  private Extensions() {}

  /// The offered extensions among the wanted ones, with the offer's ids. Of two with one id the
  /// first is taken.
  ///
  /// @param mayFlow whether the offerer uses an extension in the direction that matters
  static Map<String, Integer> agreed(
      MediaDescription section, Set<String> wanted, Predicate<Direction> mayFlow) {
    Map<String, Integer> agreed = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (ExtensionMap extension : section.extensionMaps()) {
      Direction direction = extension.direction();
      if (wanted.contains(extension.uri())
          && extension.id() >= MIN_ID
          && extension.id() <= MAX_ID
          && (direction == null || mayFlow.test(direction))
          && !agreed.containsKey(extension.uri())
          && taken.add(extension.id())) {
        agreed.put(extension.uri(), extension.id());
      }
    }
    return agreed;
  }

  private static Set<String> union(String... more) {
    var all = new HashSet<>(PASSED_ON);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }
}
