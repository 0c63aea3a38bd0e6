package io.wishbone.node.session;

import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.stream.Encoding;

/// What a viewer is sent between two switches: one encoding, under one numbering. With it, any
/// packet can be written once more, byte for byte.
///
/// @param firstIndex the viewer's index of the first packet
record EgressSegment(
    Encoding encoding, EgressNumbering numbering, ExtensionMapping extensions, long firstIndex) {}
