package io.wishbone.node.session;

/// What a session tells whoever looks after it.
public interface SessionListener {
  /// Nobody wants to know.
  SessionListener NONE =
      new SessionListener() {
        @Override
        public void onChanged() {}

        @Override
        public void onFirstFrame(long atNanos, long waitedNanos) {}
      };

  /// The session has something to do sooner than it said.
  void onChanged();

  /// The first packet of media has come from, or gone to, the peer.
  default void onFirstPacket(long nowNanos) {}

  /// The first keyframe of the picture has come.
  default void onFirstKeyframe(long nowNanos) {}

  /// The first packet was shown to somebody who is to get it.
  default void onFirstEgress(long nowNanos) {}

  /// The first frame has been sent to the viewer.
  ///
  /// @param waitedNanos since it was connected and there was a source, whichever came later
  void onFirstFrame(long atNanos, long waitedNanos);
}
