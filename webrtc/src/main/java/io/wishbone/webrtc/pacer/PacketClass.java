package io.wishbone.webrtc.pacer;

/// What goes before what. Padding comes after all of them, and only to probe.
public enum PacketClass {
  /// Goes at once, whatever the budget says: it is little, and gaps in it are heard.
  SOUND,
  /// The picture waits for it already.
  REPAIR,
  /// A repair once more, some time after it: what takes the one is over then. A path that loses
  /// packets in bursts takes both when they go back to back.
  COPY,
  PICTURE
}
