package io.wishbone.node.forward;

/// Decides which encoding of a track a viewer gets.
///
/// | forwarded now | packet of | keyframe begins | decision |
/// |---|---|---|---|
/// | A | A | - | FORWARD |
/// | A | B, wanted | yes | SWITCH, B is forwarded from now on |
/// | A | B, wanted | no | SKIP |
/// | A | C | - | SKIP |
/// | none | any | yes | SWITCH: something is better than nothing |
/// | none | any | no | SKIP |
///
/// A track without keyframes, such as sound, says of every packet that one begins.
public final class LayerSelector {
  /// No encoding.
  public static final int NONE = -1;

  private int current = NONE;
  private int wanted = NONE;

  /// What becomes of a packet.
  ///
  /// @param encoding the packet's encoding
  /// @param keyframe whether a decoder can begin with the packet
  public Decision decide(int encoding, boolean keyframe) {
    if (encoding == current) {
      return Decision.FORWARD;
    }
    if (keyframe && (encoding == wanted || current == NONE)) {
      current = encoding;
      return Decision.SWITCH;
    }
    return Decision.SKIP;
  }

  /// Wishes for an encoding; it is switched to when its next keyframe begins.
  public void want(int encoding) {
    wanted = encoding;
  }

  /// Forwards an encoding from now on, whatever comes of it next.
  public void begin(int encoding) {
    current = encoding;
  }

  /// Forgets everything, such as when the source was replaced by another.
  public void reset() {
    current = NONE;
    wanted = NONE;
  }

  /// The encoding that is forwarded now, or [#NONE].
  public int current() {
    return current;
  }

  /// The encoding whose keyframe the viewer waits for, or [#NONE] when it has what it wants.
  public int awaited() {
    return wanted == current ? NONE : wanted;
  }
}
