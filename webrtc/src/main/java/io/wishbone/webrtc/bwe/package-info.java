/// Bandwidth estimation by transport-wide congestion control, both halves.
///
/// The receiving half implements draft-holmer-rmcat-transport-wide-cc-extensions-01. A publisher
/// numbers all packets of its transport; [io.wishbone.webrtc.bwe.ArrivalRecorder] notes when they
/// arrive and makes the feedback from which the publisher estimates what the way to us can carry.
///
/// The sending half implements draft-ietf-rmcat-gcc-02 (Google congestion control), with a
/// trendline in place of the Kalman filter and with probing.
/// [io.wishbone.webrtc.bwe.BandwidthEstimator], the class to read first, numbers what goes to a
/// viewer and estimates from the viewer's feedback, or its REMB, what the way there can carry.
///
/// **Threads.** One instance a transport, on the worker's thread; time is an argument. The sending
/// half allocates nothing per packet, nor per feedback beyond the feedback itself.
///
/// **Memory.** A recorder 16 KiB. An estimator about 8 KiB, and more where much is in flight: 29
/// bytes a packet, for at most 8192 of them.
///
/// For a sender that hears no feedback on its packets, [ArrivalEstimator] estimates at the
/// receiving end what a REMB is to say.
///
/// **Left out on purpose.** ECN, and what becomes of an estimate: that is shared out elsewhere.
@NullMarked
package io.wishbone.webrtc.bwe;

import org.jspecify.annotations.NullMarked;
