/// What RTCP reports are made of: reception statistics, the sender's clock, round trip times.
///
/// Implements [RFC 3550](https://www.rfc-editor.org/rfc/rfc3550) section 6.4 and appendices A.1,
/// A.3 and A.8.
///
/// Read [io.wishbone.webrtc.stats.ReceptionStatistics] for what is said about streams that come in,
/// [io.wishbone.webrtc.stats.SenderClock] for what is said about streams that go out.
///
/// One instance a stream, on the thread that owns it; time is an argument, always monotonic
/// nanoseconds.
///
/// Left out on purpose: probation of new sources (SRTP has authenticated them) and the rules of
/// when reports are sent (section 6.3), which belong to the session.
@NullMarked
package io.wishbone.webrtc.stats;

import org.jspecify.annotations.NullMarked;
