package io.wishbone.node.session;

/// What a session tells whoever looks after it.
public interface SessionListener {
  /// Nobody wants to know.
  SessionListener NONE =
      new SessionListener() {
        @Override
        public void onChanged() {}

        @Override
        public void onFirstFrame(long nanos) {}
      };

  /// The session has something to do sooner than it said.
  void onChanged();

  /// The first packet of media has come from, or gone to, the peer.
  default void onFirstPacket(long nowNanos) {}

  /// The first keyframe of the picture has come.
  default void onFirstKeyframe(long nowNanos) {}

  /// The first packet was shown to somebody who is to get it.
  default void onFirstEgress(long nowNanos) {}

  /// The first keyframe has been sent to the viewer, so long after it was connected.
  void onFirstFrame(long nanos);
}
