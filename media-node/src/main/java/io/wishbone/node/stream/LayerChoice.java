package io.wishbone.node.stream;

import org.jspecify.annotations.Nullable;

/// Which quality of a picture a viewer has asked for. It says what the viewer wishes, not what
/// there is: qualities come and go.
///
/// @param rid the name of a simulcast encoding, null for none in particular
/// @param maxWidth the widest picture that may be sent instead, in pixels
/// @param maxHeight the highest picture that may be sent instead, in pixels
/// @param layers which layers of the encoding
public record LayerChoice(@Nullable String rid, int maxWidth, int maxHeight, LayerLimits layers) {

  /// Whatever is best.
  public static final LayerChoice AUTOMATIC =
      new LayerChoice(null, Integer.MAX_VALUE, Integer.MAX_VALUE, LayerLimits.NONE);

  /// Says nothing of layers.
  public LayerChoice(@Nullable String rid, int maxWidth, int maxHeight) {
    this(rid, maxWidth, maxHeight, LayerLimits.NONE);
  }

  /// Whether the path decides, within the limits of layers.
  public boolean isAutomatic() {
    return rid == null && !isLimited() && !layers.isExact();
  }

  /// The layers that may be sent.
  public int target() {
    return layers.target();
  }

  /// Whether an encoding may be what is meant.
  public boolean mayMean(Encoding encoding) {
    return rid == null ? allows(encoding) : rid.equals(encoding.rid());
  }

  boolean allows(Encoding encoding) {
    return encoding.width() <= maxWidth && encoding.height() <= maxHeight;
  }

  boolean isLimited() {
    return maxWidth != Integer.MAX_VALUE || maxHeight != Integer.MAX_VALUE;
  }
}
