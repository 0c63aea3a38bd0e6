/// A simulated network and clock, and synthetic peers on it, for tests without sockets and sleeps.
///
/// A [io.wishbone.webrtc.sim.SimNetwork] carries datagrams between
/// [sockets][io.wishbone.webrtc.sim.SimSocket] under
/// [conditions][io.wishbone.webrtc.sim.LinkConditions] (delay, jitter, loss, duplication,
/// reordering, rate), all drawn from one seed. Time is what the next event says it is: a minute of
/// media takes as long as the computing takes. [io.wishbone.webrtc.sim.SimPublisher] and
/// [io.wishbone.webrtc.sim.SimViewer] are complete peers in the client role (ICE, DTLS, SRTP), with
/// a synthetic camera and microphone in place of devices.
///
/// **Threads.** One: the test's. The same seed gives the same run, except for the random numbers
/// that DTLS draws for itself.
@NullMarked
package io.wishbone.webrtc.sim;

import org.jspecify.annotations.NullMarked;
