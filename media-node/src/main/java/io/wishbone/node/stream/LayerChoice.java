package io.wishbone.node.stream;

import io.wishbone.node.forward.LayerTarget;
import org.jspecify.annotations.Nullable;

/// Which quality of a picture a viewer has asked for. It says what the viewer wishes, not what
/// there is: qualities come and go.
///
/// Three things make a quality: the encoding, its spatial and its temporal layer. What is named is
/// sent whatever the path carries, as far as the encoding has it; of encodings that differ in their
/// layers, the path may choose one that has not. What is not named is for the path to decide,
/// within the limits:
///
/// | asked for | encoding | spatial layer | temporal layer |
/// |---|---|---|---|
/// | nothing | path | path | path |
/// | `rid` | that one, while it is sent | path | path |
/// | a largest size | path, of those within | path | path |
/// | `temporal` | path | path | that one |
/// | `rid`, `spatial`, `temporal` | that one, while it is sent | that one | that one |
/// | `maxTemporal` | path | path | path, up to that one |
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

  /// The layers that may be sent at most, of whatever encoding.
  public int target() {
    return layers.target();
  }

  /// The layers that may be sent of an encoding at most: its spatial layers are pictures of
  /// different sizes.
  public int target(Encoding encoding) {
    return isLimited()
        ? LayerTarget.meet(layers.target(), encoding.within(maxWidth, maxHeight))
        : layers.target();
  }

  /// The layers that are sent at least, whatever the path carries.
  public int floor() {
    return layers.floor();
  }

  /// Whether something was named that has to be there, not only limited.
  public boolean isExact() {
    return rid != null || layers.isExact();
  }

  /// Whether an encoding may be what is meant.
  public boolean mayMean(Encoding encoding) {
    return rid == null ? allows(encoding) : rid.equals(encoding.rid());
  }

  boolean allows(Encoding encoding) {
    int target = target(encoding);
    return encoding.width(target) <= maxWidth && encoding.height(target) <= maxHeight;
  }

  /// Whether pictures may be too large.
  public boolean isLimited() {
    return maxWidth != Integer.MAX_VALUE || maxHeight != Integer.MAX_VALUE;
  }
}
