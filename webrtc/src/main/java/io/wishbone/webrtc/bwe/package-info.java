/// Bandwidth estimation by transport-wide congestion control: so far its receiving half.
///
/// Implements draft-holmer-rmcat-transport-wide-cc-extensions-01. A publisher numbers all packets
/// of its transport; [io.wishbone.webrtc.bwe.ArrivalRecorder], the class to read first, notes when
/// they arrive and makes the feedback from which the publisher estimates what the way to us can
/// carry.
///
/// One instance a transport, on the worker's thread; time is an argument.
///
/// Left out on purpose: estimating from the receiver's side (REMB).
@NullMarked
package io.wishbone.webrtc.bwe;

import org.jspecify.annotations.NullMarked;
