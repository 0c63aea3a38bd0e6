package io.wishbone.node.session;

import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.stream.Encoding;

/// What a viewer is sent between two switches: certain layers of one encoding, under one numbering.
/// With it, any packet can be written once more, byte for byte.
///
/// @param firstIndex the viewer's index of the first packet
/// @param continues whether it goes on with other layers of the encoding that the segment before
///   was of: what is late of that one goes out under its numbers
record EgressSegment(
    Encoding encoding,
    EgressNumbering numbering,
    ExtensionMapping extensions,
    long firstIndex,
    boolean continues) {

  /// The source's index of what the viewer knows by this one, negative when that is too long ago.
  long sourceIndex(long viewerIndex) {
    return encoding.layers().find(numbering.sourceNumber(viewerIndex), numbering.target());
  }
}
