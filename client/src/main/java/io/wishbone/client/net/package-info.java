/// Sockets and time for sans-IO peers: one thread, one selector, a UDP socket for each peer.
///
/// [io.wishbone.client.net.ClientLoop] is the class to read first. Everything that a
/// [io.wishbone.client.net.DatagramEndpoint] does happens on the loop's thread.
@NullMarked
package io.wishbone.client.net;

import org.jspecify.annotations.NullMarked;
